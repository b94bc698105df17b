"""How each language writes names that no glossary lists yet, and how they sound."""
