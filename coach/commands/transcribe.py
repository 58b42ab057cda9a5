"""`coach transcribe`: what is said in one sound file."""

import argparse
from typing import Any

from coach.commands.output import print_json, say
from coach.commands.shared import existing_file, transcript_json


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "transcribe", help="write down what is said in a sound file"
    )
    parser.add_argument("audio", metavar="AUDIO", type=existing_file, help="WAV, FLAC, MP3, M4A or OGG")
    parser.add_argument("--model", metavar="M", default="", help="another recogniser than the chosen one")
    parser.add_argument("--vocabulary", metavar="FILE", type=existing_file, help="names and terms, one a line")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Transcribe and print."""
    from coach.config import find_home
    from coach.practice.settings import load_settings
    from coach.practice.transcribing import transcribe_file
    from coach.practice.vocabulary import read_vocabulary

    home = find_home(arguments.home)
    vocabulary = read_vocabulary(arguments.vocabulary) if arguments.vocabulary else None
    heard = transcribe_file(home, arguments.audio, arguments.model or load_settings(home).model, vocabulary)
    if arguments.json:
        print_json(transcript_json(heard.transcript, heard.measures))
    else:
        say(heard.transcript.text or "(no words were heard)")
    return 0
