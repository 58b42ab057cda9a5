"""One view model of an answer or a session, and the pages made from it."""
