"""The locator's generator, scorer and comparison: a measurement that cannot be wrong measures nothing."""
import csv, json, re, subprocess, sys
import pytest
from harness.processes import ROOT

KIT = ROOT / "Benchmarks/locator"
MIXES = sorted((KIT / "mixes").glob("*.py"))


@pytest.fixture(scope="module", autouse=True)
def importable():
    sys.path.insert(0, str(KIT))
    yield
    sys.path.remove(str(KIT))


def generate(folder, *more, students=200, queries=80, seed=7):
    subprocess.run([sys.executable, KIT / "gen.py", "--students", str(students), "--queries", str(queries),
                    "--seed", str(seed), "--out", folder, *more], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    return generate(tmp_path_factory.mktemp("dev"))


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([("query_id", "rank", "entry_id", "score", "ms"), *rows])
    return path


def test_the_same_arguments_give_the_same_bytes(dev, tmp_path):
    again = generate(tmp_path)
    for name in ("students.csv", "students.truth.csv", "queries.csv", "queries.truth.csv"):
        assert (again / name).read_bytes() == (dev / name).read_bytes()


@pytest.mark.parametrize("mix", MIXES, ids=lambda path: path.stem)
def test_a_mix_spoils_names_but_neither_columns_nor_dates_of_the_index(dev, tmp_path, mix):
    made = generate(tmp_path, "--mix", mix)
    assert (made / "queries.csv").read_bytes() != (dev / "queries.csv").read_bytes()
    entries, queries = read(made / "students.csv"), read(made / "queries.csv")
    assert len(entries) == len(read(made / "students.truth.csv")) and len(queries) == 80
    for row in entries + queries:
        assert None not in row and None not in row.values(), row
        assert not any(c in "\n\r\0" for value in row.values() for c in value), row
    for row in entries:
        assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row["birth_date"]), row


def test_the_held_out_mix_has_kinds_of_its_own(importable):
    import importlib.util
    kinds = {}
    for path in MIXES:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        kinds[path.stem] = set(module.EXTRA)
        assert kinds[path.stem] <= set(module.MIX["index"]) | set(module.MIX["query"]), path.stem
    others = set().union(*(kinds[name] for name in kinds if name != "heldout"))
    assert len(kinds["heldout"] - others) >= 15


def perfect(folder, chance=lambda number: 1.0):
    """The right places for every query whose student is in the index, and nothing for the others."""
    places = {}
    for row in read(folder / "students.truth.csv"):
        places.setdefault(row["student_id"], []).append(row["entry_id"])
    for number, query in enumerate(read(folder / "queries.truth.csv")):
        for rank, entry in enumerate(places.get(query["student_id"], [])[:10], 1):
            yield query["query_id"], rank, entry, chance(number), "1.0"


def test_a_perfect_answer_scores_one_and_a_wrong_one_is_counted(dev, tmp_path):
    from comparison import score
    right = list(perfect(dev))
    best = score.figures(dev, write(tmp_path / "right.csv", right))
    assert (best["recall1"], best["places"], best["f1"], best["wrong"], best["twin"]) == (1, 1, 1, 0, 0)
    # Every query answered with one and the same entry: sure, and wrong nearly always.
    entry = right[0][2]
    queries = read(dev / "queries.truth.csv")
    all_wrong = [(query["query_id"], 1, entry, 1.0, "1.0") for query in queries]
    worst = score.figures(dev, write(tmp_path / "wrong.csv", all_wrong), .5)
    assert worst["wrong"] >= 1 - 2 / len(queries) and worst["f1"] < .05 and worst["twin"] == 1 and worst["ece"] > .9
    # Over the threshold, nothing is said: nobody is named wrongly and nobody is found.
    silent = score.figures(dev, tmp_path / "wrong.csv", 2.0)
    assert (silent["wrong"], silent["f1"]) == (0, 0)


def test_probabilities_are_learnt_in_rising_steps():
    import numpy
    from comparison import score
    chance = score.isotonic(numpy.array([(1, 0), (2, 0), (3, 1), (4, 0), (5, 1), (6, 1)], float))
    assert [chance(s) for s in (0, 1, 2, 3, 4, 5, 9)] == [0, 0, 0, .5, .5, 1, 1]


def test_an_engine_is_run_scored_and_put_in_the_table(dev, tmp_path):
    from comparison import score
    from comparison.table import table
    results, figures = tmp_path / "results.csv", tmp_path / "figures.json"
    subprocess.run([sys.executable, "-m", "comparison.worker", "sqlite_exact", dev, results, figures], check=True, cwd=KIT)
    run = json.loads(figures.read_text())
    assert run["timed"] == run["queries"] == 80 and run["memory_mib"] > 1 and 0 < run["wall_ms"][0] <= run["wall_ms"][1]
    found = score.figures(dev, results)
    assert .2 < found["recall1"] < .8, "exact equality finds some and misses some"
    assert score.calibrated(dev, results, results, tmp_path / "learnt.csv")
    head, line, row = table([("SQLite, exact", found, run)]).splitlines()
    assert head.count("|") == line.count("|") == row.count("|")
    assert row.startswith("| SQLite, exact | " + f"{found['recall1']:.3f}"[1:] + " |")
