"""`coach models`: the recognisers: list, get, verify, use."""

import argparse
from typing import Any

from coach.commands.output import print_json, say, warn
from coach.commands.progress import Bar


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser("models", help="recognisers: list, get, verify, use")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    each = {
        "list": actions.add_parser("list", help="what there is, what is installed, and what keeps up with you here"),
        "get": actions.add_parser("get", help="fetch one (needs a network; goes on where it stopped) and check it"),
        "verify": actions.add_parser("verify", help="check files against their checksums again"),
        "use": actions.add_parser("use", help="listen with this one from now on"),
    }
    each["get"].add_argument("name", help="a name from the list")
    each["use"].add_argument("name", help="a name from the list, or the folder of a converted model")
    each["verify"].add_argument("name", nargs="?", help="a name from the list (else all that are installed)")
    for action in each.values():
        action.add_argument("--json", action="store_true", help="print JSON and nothing else")
        action.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen action."""
    actions = {"list": _list, "get": _get, "verify": _verify, "use": _use}
    return actions[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from coach.config import find_home
    from coach.practice.recognisers import offers

    if not arguments.json:
        warn("Looking at how fast this machine is (once, a few seconds) ...")
    found = offers(find_home(arguments.home))
    if arguments.json:
        print_json(found)
        return 0
    say(f"  {'name':<12}{'size':>8}  {'installed':<11}{'keeps up':<11}{'wrong words':<13}about")
    for offer in found:
        keeps = {True: "yes", False: "no", None: "?"}[offer.keeps_up] + ("" if offer.measured else " (est.)")
        wrong = f"{100 * offer.wer:.0f} %" if offer.wer is not None else "-"
        mark = "*" if offer.chosen else " "
        installed = "yes" if offer.installed else "no"
        size = f"{offer.size_bytes / 1e6:.0f} MB"
        say(f"{mark} {offer.name:<12}{size:>8}  {installed:<11}{keeps:<11}{wrong:<13}{offer.about}")
    say("* in use. Change it with `coach models use NAME`; fetch more with `coach models get NAME`.")
    return 0


def _get(arguments: argparse.Namespace) -> int:
    from coach.config import find_home
    from coach.practice.recognisers import fetch

    bar = None if arguments.json else Bar()
    folder = fetch(find_home(arguments.home), arguments.name, bar)
    if bar is not None:
        bar.close()
    if arguments.json:
        print_json({"name": arguments.name, "folder": folder, "ok": True})
    else:
        say(f"{arguments.name} is here and checked: {folder}")
        say(f"Use it with: coach models use {arguments.name}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from coach.config import find_home
    from coach.errors import ModelError
    from coach.practice.recognisers import check, offers

    home = find_home(arguments.home)
    names = [arguments.name] if arguments.name else [o.name for o in offers(home, measure=False) if o.installed]
    results: list[dict[str, object]] = []
    for name in names:
        try:
            results.append({"name": name, "ok": True, "detail": str(check(home, name))})
        except ModelError as error:
            results.append({"name": name, "ok": False, "detail": str(error)})
    if arguments.json:
        print_json(results)
    else:
        for result in results:
            say(f"{'ok ' if result['ok'] else 'BAD'}  {result['name']:<12} {result['detail']}")
    return 0 if all(result["ok"] for result in results) else 1


def _use(arguments: argparse.Namespace) -> int:
    from coach.config import find_home
    from coach.practice.recognisers import choose

    folder = choose(find_home(arguments.home), arguments.name)
    if arguments.json:
        print_json({"name": arguments.name, "folder": folder, "ok": True})
    else:
        say(f"From now on the coach listens with {arguments.name}.")
    return 0
