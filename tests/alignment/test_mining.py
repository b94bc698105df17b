import dataclasses

from paracorp.alignment import Passage, mine_tables


def test_links_stay_inside_articles_of_the_same_name(source: list[Passage], target: list[Passage]) -> None:
    left = [dataclasses.replace(item, article="one") for item in source]
    right = [dataclasses.replace(item, article="one" if at < 4 else "two") for at, item in enumerate(target)]
    links = mine_tables(left, right)
    assert links
    assert all(identity in {"t0", "t1", "t2", "t3"} for link in links for identity in link.target_ids)


def test_articles_without_a_namesake_have_no_links(source: list[Passage], target: list[Passage]) -> None:
    left = [dataclasses.replace(item, article="one") for item in source]
    right = [dataclasses.replace(item, article="two") for item in target]
    assert mine_tables(left, right) == []


def test_heaps_of_sentences_are_linked_one_to_one_whatever_their_order(
    source: list[Passage], target: list[Passage]
) -> None:
    links = mine_tables(source, target)
    assert links
    assert all(link.shape == "1:1" for link in links)
    turned = mine_tables(source, target[::-1])
    assert [(link.source_ids, link.target_ids, link.confidence) for link in links] == [
        (link.source_ids, link.target_ids, link.confidence) for link in turned
    ]


def test_links_come_in_the_order_of_the_source_table(source: list[Passage], target: list[Passage]) -> None:
    names = ("b", "a", "b", "a", "b", "a", "b")
    left = [dataclasses.replace(item, article=name) for item, name in zip(source, names, strict=True)]
    both = [
        dataclasses.replace(item, article=name, id=f"{item.id}{name}")
        for name in ("a", "b")
        for item in target
    ]
    starts = [link.source_ids[0] for link in mine_tables(left, both)]
    assert starts == sorted(starts)


def test_progress_counts_up_to_the_whole(source: list[Passage], target: list[Passage]) -> None:
    seen: list[tuple[str, int, int]] = []
    mine_tables(source, target, on_progress=lambda *told: seen.append(told))
    assert seen[-1] == ("links", len(source), len(source))


def test_progress_of_articles_counts_their_rows(source: list[Passage], target: list[Passage]) -> None:
    left = [dataclasses.replace(item, article="one" if at < 4 else "two") for at, item in enumerate(source)]
    right = [dataclasses.replace(item, article="one" if at < 4 else "two") for at, item in enumerate(target)]
    seen: list[tuple[str, int, int]] = []
    mine_tables(left, right, on_progress=lambda *told: seen.append(told))
    assert {(what, of) for what, _, of in seen} == {("links", len(source))}
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert seen[-1][1] == len(source)
