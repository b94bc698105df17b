"""Chinese quantities: 5000亿, 2亿多, 十多位, 百分之三十, 两成, 数十亿美元, 三分之一, 一年半."""

from __future__ import annotations

import re
from functools import cache

from paracorp.lexicon.grammar import SLASHED, Amount, Grammar, exact, slashed, vague
from paracorp.lexicon.quantities import Precision
from paracorp.lexicon.vocabulary import either, vocabulary

DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 1e4, "亿": 1e8, "兆": 1e12}
_FORMAL = "零壹贰叁肆伍陆柒捌玖拾佰仟"  # on contracts and cheques
_AS_FORMAL = str.maketrans(_FORMAL, "零一二三四五六七八九十百千")
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TRILLION = "兆(?![瓦赫字比位])"  # otherwise it is mega-
_THOUSAND = "千(?![瓦米克伏赫卡])"  # otherwise it is kilo-
_MAGNITUDE = f"(?:[十百万亿]|{_THOUSAND}|{_TRILLION})"
_METRES = "(?<=[一二两三四五六七八九])千(?=米)"  # 三千米 are metres, 300千米 are kilometres
_NUMERAL = f"(?:[零〇一二两三四五六七八九十百万亿]|{_THOUSAND}|{_METRES}|{_TRILLION})"
HAN = "零〇一二两三四五六七八九十百千万亿兆"
_EITHER_OR = "(?:[二三四五六七八]、(?=[三四五六七八九][十百千万亿年天个人月倍成岁次位名家]))"  # 七、八年
_FIGURE = (
    rf"(?:(?:{_ARABIC}){_MAGNITUDE}*(?:(?<=[万亿])零(?=\d))?)+"
    rf"|{_EITHER_OR}?{_NUMERAL}+(?:点[零〇一二三四五六七八九]+[万亿]*)?"
)

_IDIOMS = vocabulary("zh").idioms  # words with a numeral that count nothing
# What is counted; not part of the quantity.
_CLASSIFIERS = (
    "个名位家座台辆架艘项次届场轮批份张条款种部本篇册件只头匹棵支枚颗块片层栋幢间套户口人所段句字页行例起宗笔股步"
    "回遍趟拨组队对双副集国州省市县区城村党者院员门席寸尺亩顷斤折滴杯瓶箱包袋球局盘针剂粒票车船声倍成年月日天"
)
_LABELS = either(vocabulary("zh").labels)
_COUNTED = either([*vocabulary("zh").units, *vocabulary("zh").currencies, *_CLASSIFIERS, "代人"])
_NOISE_PARTS = (
    r"\d+(?:\.\d+){2,}|\d+:\d+(?::\d+)?|\d+(?:-\d+){2,}|\d{2,4}-\d{6,}|\d{9,}",
    rf"[\d{HAN}]+比[\d{HAN}]+|(?:上午|下午|晚上|凌晨|早上|中午|晚|早)[\d{HAN}]+点(?:[\d{HAN}]+分?)?|[\d{HAN}]+点(?:[到至-][\d{HAN}]+点|[\d{HAN}]+分|钟|半|整|刚过|多钟|左右|前|后)|\d+时\d+分|(?<=[日午晚晨间至到于在-])\d{{1,2}}时(?![间代期差速段长])|(?<![\d.])\d{{1,2}}时(?=[许整至到-])|(?<![\d/])\d{{4,}}/\d\d(?![\d/])",
    rf"双(?:\d+|十[一二])|\d+(?=客机|战机|战斗机|轰炸机|直升机|系列|型(?!号))|第[\d{HAN}]+[条章节页款号]|[\d{HAN}]+号(?![召码])|[\u4e00-\u9fff]-\d+",
    r"(?<!\d)0\d{1,4}[\s-]\d{3,4}[\s-]?\d{3,4}|号码?[是为:]\s?[a-z]*\d+(?:-\d+)*",
    r"(?:邮编|电话|热线|号码|手机号?|尾号|航班|编号|版本号?|型号|拨打|致电|拨通)[是为:]?\s?[a-z]*[\d.-]+",
    rf"(?:\d+|[{HAN}]+)(?:室|号楼|国道|省道|路公交|热线|专线|国集团|国峰会|国联盟)|(?:国道|省道|县道)\d+|[{HAN}]+(?:年级|环路|期工程|代机|级风)|[\d.{HAN}]+折",
    rf"\(\d{{4}}\)[\u4e00-\u9fff]{{1,3}}\d*[\u4e00-\u9fff]{{1,4}}\d+号|(?:标普|标准普尔)500|沪深300|公元前[\d{HAN}]+年?|[{HAN}]+届[{HAN}]+中全会|(?:9|九)·?(?:11|一一|18|一八)",
    rf"(?:{_LABELS}|[a-z]{{2,}}\s?(?=\d{{1,4}}(?!\d)))\s?\d[\d.]*(?![\d,.]|\s?(?:[十百千万亿%]|{_COUNTED}))",
    # Indices named by the count of their shares.
    r"中证(?:[158]00|1000)|上证(?:50|180)|科创50|日经225|罗素[123]000|富时100",
    r"\d+(?:\.\d+)?[版强]|\d0后|\d+[a-zA-Z](?![a-zA-Z])|(?<!\d)\d{4}-\d\d(?![\d-])",
)
_NOISE = re.compile(
    rf"(?=[\d{HAN}上下晚凌早中双第邮电热号手尾航编版型拨致国省县公(标沪科日罗富]|{_LABELS}|[a-z]|[\u4e00-\u9fff]-\d)(?:{'|'.join(_NOISE_PARTS)})"
)
_FIRST = f"\\d{HAN}{_FORMAL}翻第初周星礼数几上过半同前后次头那这每某另单统唯逐任哪" + "".join(
    idiom[0] for idiom in _IDIOMS
)
_NUMBER = re.compile(
    rf"(?=[{_FIRST}-])(?:(?P<idiom>{either(_IDIOMS)})(?![{HAN}之钟])"
    rf"|第[\d{HAN}]+|(?:[初周]|星期|礼拜)[{HAN}]"
    r"|翻了?(?P<doublings>[一两二三四])番|(?P<doubled>翻番|翻倍)"
    rf"|{SLASHED}|百分之(?P<percent>{_FIGURE})|千分之(?P<permille>{_FIGURE})"
    rf"|(?P<denominator>[{HAN}]+|\d+)分之(?P<numerator>{_FIGURE})"
    r"|(?P<tenths_from>[一二三四五六七八](?=[二三四五六七八九]成))?(?P<tenths>[一二两三四五六七八九]|\d)成(?P<hundredths>[一二三四五六七八九半])?(?!员(?!工)|[为立功本长果交都绩熟就了])"
    rf"|数以(?P<countless>[{HAN}]+)计"
    r"|(?P<vague>[数几上])(?P<base>[十百千万亿兆]+)(?![海升网传演])"
    r"|(?P<half>一半|过半|半数|(?<![上下])半(?=个?(?:年|月|小时)))|(?P<half_century>半个?世纪)"
    r"|[第同前后次头那这每某另单统唯逐任哪]一(?![百千万亿十])"
    rf"|(?P<formal>[{_FORMAL[:10]}][{_FORMAL[10:]}万亿][{_FORMAL}万亿元]*(?<!元)|拾[{_FORMAL}万亿]+)"
    rf"|(?<![a-z\d.])(?<![a-z]-)(?P<minus>零下|(?<![\d%℃°-])-(?=[\d.]+\s?(?:摄氏|℃|°|度|%)))?(?P<figure>{_FIGURE})(?P<more>[多余几]|来(?=[个名位家年天人颗岁里次]))?"
    rf"(?P<tail>(?:[万亿]|{_TRILLION})+)?)"
)
# Words that end in a word of precision: 北约, 条约, 附近, 英超.
_APART = (
    "(?:(?<![条契节预违签履续])(?<!(?<![东西南以])北)(?=约)|(?<![附最邻靠])(?=近)"
    "|(?<![英意西德法])(?=超)|(?=超[过出])|(?![约近超]))"
)
_RANGE_GOES_ON = re.compile(rf"[至到-][{HAN}\d]")
_TOKEN = re.compile(rf"{_ARABIC}|点[{HAN}]+|[零〇一二两三四五六七八九]+|[十百千万亿兆]")
_AFTER_MORE = {"月": "month", "星期": "week", "小时": "hour", "世纪": "century"}  # 八个多小时
_MORE_OF_UNIT = re.compile(f"个多(?:{'|'.join(_AFTER_MORE)})")
# 10秒72, 一米八
_DECIMALS = (
    rf"(?:\d{{1,2}}|[一二三四五六七八九]{{1,2}})(?![\d:%{HAN}米秒分厘毫公千元美欧{_CLASSIFIERS}]|[.,]\d)"
)
_AFTER_UNIT = re.compile(rf"[米秒]({_DECIMALS})")
_HALVES = re.compile(r"(?:个|年|公里|小时|倍|天|岁|周)半|个半(?=月|星期|小时|世纪)")


def parse_figure(text: str) -> float | None:
    """The value of a figure in Han or Arabic digits and magnitudes, such as 3万5千, 一万二 or 二〇二五."""
    total = section = 0.0
    pending: float | None = None
    last = largest = 1.0
    for token in _TOKEN.findall(text):
        if token in _SMALL:
            section += (1.0 if pending is None else pending) * _SMALL[token]
            pending, last = None, _SMALL[token]
        elif token in _BIG:
            amount = section + (pending or 0.0)
            if total and largest <= _BIG[token]:
                total = (total + amount) * _BIG[token]
            else:
                total += (amount or 1.0) * _BIG[token]
            section, pending, last = 0.0, None, _BIG[token]
            largest = _BIG[token]
        elif token[0] == "点":
            fraction = "".join(str(DIGITS.get(letter, 0)) for letter in token[1:])
            pending = (pending or 0.0) + float(f"0.{fraction}")
        elif token[0] in DIGITS:
            digits = token.lstrip("零〇") if last > 1 else token
            if digits:
                pending = float("".join(str(DIGITS[letter]) for letter in digits))
                pending *= (
                    last / 10 if last >= 100 and len(token) == 1 and text.endswith(token) else 1
                )  # 一万二
        else:
            pending = float(token.replace(",", ""))
    value = total + section + (pending or 0.0)
    return value if value or pending is not None else None


def _range_of(figure: str) -> Amount | None:
    """Two neighbouring numerals are a range: 两三百, 七八十, 十七八."""
    match = re.fullmatch(r"(十?)([一二两三四五六七八])、?([二两三四五六七八九])([十百千万亿]*)", figure)
    if match is None or DIGITS[match[3]] - DIGITS[match[2]] not in (1, 2):
        return None
    low, high = (parse_figure(match[1] + digit + match[4]) for digit in (match[2], match[3]))
    return None if low is None or high is None else Amount(low, high, Precision.ABOUT)


def _read(match: re.Match[str]) -> Amount | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "figure" in groups:
        return _read_figure(groups, match.string[match.end() : match.end() + 5])
    if "formal" in groups:
        value = parse_figure(groups["formal"].translate(_AS_FORMAL))
        return None if value is None else exact(value)
    if "half" in groups or "half_century" in groups:
        return exact(0.5) if "half" in groups else exact(50, unit="year")
    if "doublings" in groups or "doubled" in groups:
        return exact(2.0 ** DIGITS[groups.get("doublings", "一")], unit="times")
    if "vague" in groups or "countless" in groups:
        base = parse_figure(groups.get("base") or groups["countless"])
        return None if base is None else vague(base)
    return _read_share(groups)


def _read_share(groups: dict[str, str]) -> Amount | None:
    """A percentage or fraction."""
    if "slashed" in groups:
        return slashed(groups["slashed"])
    if "denominator" in groups:
        top, bottom = parse_figure(groups["numerator"]), parse_figure(groups["denominator"])
        return exact(top / bottom) if top and bottom else None
    if "tenths" in groups:
        tens = parse_figure(groups["tenths"]) or 0.0
        if "tenths_from" in groups:
            return Amount(10.0 * DIGITS[groups["tenths_from"]], 10 * tens, Precision.ABOUT, unit="percent")
        rest = groups.get("hundredths", "零")
        return exact(10 * tens + (5 if rest == "半" else DIGITS[rest]), unit="percent")
    if "percent" in groups:
        return exact(parse_figure(groups["percent"]) or 0.0, unit="percent")
    return exact((parse_figure(groups["permille"]) or 0.0) / 1000) if "permille" in groups else None


def _read_figure(groups: dict[str, str], following: str) -> Amount | None:
    figure, tail = groups["figure"], groups.get("tail", "")
    if (between := _range_of(figure + tail)) is not None:
        return between
    value = parse_figure(figure)
    if value is None:
        return None
    scale = 1.0
    for letter in re.findall("[万亿兆]", tail or re.sub(r".*?([万亿兆]*)$", r"\1", figure)):
        scale *= _BIG[letter]
    value *= scale if tail else 1
    value = -value if "minus" in groups else value
    more = groups.get("more") or ("多" if _MORE_OF_UNIT.match(following) else "")
    if more == "来":
        return Amount(value, value, Precision.ABOUT, scale)
    if more:
        return Amount(value, value * (2 if more == "几" else 1.5), Precision.MORE, scale)
    if figure[0] in "百千万亿兆":
        return vague(value, Precision.ABOUT)
    return exact(value + (0.5 if _HALVES.match(following) else _decimals(following)), scale)


def _decimals(following: str) -> float:
    """What stands after the unit of a height or a time: 1米98, 10秒72, 一米八."""
    match = _AFTER_UNIT.match(following)
    return float("0." + "".join(str(DIGITS.get(digit, digit)) for digit in match[1])) if match else 0.0


def _needs_unit(match: re.Match[str], counted: str) -> bool:
    """A single Han numeral is a number only before something counted, one only before a measure."""
    figure = match["figure"]
    if figure is None or figure[0].isdigit():
        return False
    if figure == "一":
        return True
    if len(figure) > 1 and set(figure) <= set(DIGITS):
        return not counted  # 三一, 三六零
    if _RANGE_GOES_ON.match(match.string, match.end()):
        return False
    between = _range_of(figure)
    small_range = between is not None and between.high < 100
    bare = figure[0] in "百千万亿兆" and figure not in ("十亿", "百亿", "千亿", "万亿")
    return (len(figure) == 1 or bare or small_range) and not counted


@cache
def grammar() -> Grammar:
    """The grammar of Chinese quantities."""
    words = vocabulary("zh")
    signs = [name for name in words.currencies if not re.match("[\u4e00-\u9fff]", name)]
    signs += ["人民币", "港币", "港元", "新台币", "台币", "美金"]  # also before the figure: 人民币100亿元
    before = [word for word in words.precisions if word not in ("多", "余", "有余")]
    counted = _COUNTED
    return Grammar(
        number=_NUMBER,
        read=_read,
        before=re.compile(
            rf"(?:(?P<precision>{_APART}(?:{either(before)}))(?:[了达到为有在]|占[^，。；\d]{{0,12}}的|[“\"])?)?\s?(?P<currency>{either(signs)})?\s?$"
        ),
        after=re.compile(
            rf"(?P<more>[多余](?=[\u4e00-\u9fff])(?!震))?\s?(?:(?P<currency>{either(words.currencies)})"
            rf"|(?P<unit>个[半多](?:月|星期|小时|世纪)|{counted}))?(?P<more_of_unit>半(?![导成年数径场夜])|(?<=[米秒]){_DECIMALS})?"
            r"(?P<precision_after>左右|上下|前后|以上|以下|开外|不到|有余|[多余](?![数边半元震额波下党粮地]))?"
        ),
        precisions=words.precisions,
        currencies=words.currencies,
        units=words.units
        | {f"个{more}{name}": unit for more in "半多" for name, unit in _AFTER_MORE.items()},
        joint=re.compile(r"\s?(?:至|到|-|~|或|和|与)\s?"),
        needs_unit=_needs_unit,
        before_ends=(*words.precisions, *signs, *'了达到为有在的“"'),
        noise=_NOISE,
        wordy_noise=_NOISE,
        hinted=re.compile(rf"[\d{HAN}半翻{_FORMAL}]").search,
    )
