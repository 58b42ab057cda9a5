"""Reading questions from other people's files: tables, lists and Anki decks, all of them hostile until checked."""
