"""`mochila locate` over files: the contract that measurements rest on."""
import csv, json, subprocess, sys
import pytest
from harness.processes import ROOT

KIT = ROOT / "Benchmarks/locator"


def locate(program, index, queries, results):
    return subprocess.run([program, "locate", "--index", index, "--queries", queries, "--results", results],
                          capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit")
    subprocess.run([sys.executable, KIT / "gen.py", "--students", "900", "--queries", "300", "--seed", "5", "--out", folder],
                   check=True, capture_output=True)
    return folder


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_answers_every_query_with_at_most_ten_entries_and_says_how_long_it_took(program, kit, tmp_path):
    done = locate(program, kit / "students.csv", kit / "queries.csv", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    figures = json.loads(done.stderr)
    assert figures["entries"] == len(rows(kit / "students.csv")) and figures["queries"] == 300
    assert 0 < figures["p50Milliseconds"] <= figures["p95Milliseconds"] <= figures["p99Milliseconds"]
    assert figures["buildSeconds"] > 0 and figures["residentBytes"] > 1_000_000

    answers = {}
    for row in rows(tmp_path / "out.csv"):
        answers.setdefault(row["query_id"], []).append(row)
    assert list(answers) == [row["query_id"] for row in rows(kit / "queries.csv")]
    known = {row["entry_id"] for row in rows(kit / "students.csv")}
    for found in answers.values():
        assert [int(row["rank"]) for row in found] == list(range(1, len(found) + 1)) and len(found) <= 10
        scores = [float(row["score"]) for row in found]
        assert all(0 <= score <= 1 for score in scores) and scores == sorted(scores, reverse=True)
        entries = [row["entry_id"] for row in found if row["entry_id"]]
        assert set(entries) <= known and len(set(entries)) == len(entries)
        assert float(found[0]["ms"]) > 0


def test_finds_the_students_and_names_nobody_for_those_who_are_not_there(program, kit, tmp_path):
    locate(program, kit / "students.csv", kit / "queries.csv", tmp_path / "out.csv")
    scored = subprocess.run([sys.executable, KIT / "eval.py", kit, tmp_path / "out.csv", "--threshold", ".5"],
                            check=True, capture_output=True, text=True).stdout
    figure = {line[:42].strip(): line[43:].split()[0] for line in scored.splitlines()}
    assert float(figure["right student at rank 1 (recall@1)"]) >= .97
    assert float(figure["F1"]) >= .96
    assert float(figure["wrong_student"]) <= .025


def test_a_column_more_or_in_another_place_changes_nothing(program, kit, tmp_path):
    entries = rows(kit / "students.csv")
    turned = tmp_path / "turned.csv"
    with open(turned, "w", encoding="utf-8-sig", newline="") as file:
        names = list(reversed(entries[0])) + ["note"]
        writer = csv.DictWriter(file, names, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({**row, "note": 'he said "hello",\nand left'} for row in entries)
    answers = []
    for index in (kit / "students.csv", turned):
        assert locate(program, index, kit / "queries.csv", tmp_path / "out.csv").returncode == 0
        answers.append([(r["query_id"], r["rank"], r["entry_id"], r["score"]) for r in rows(tmp_path / "out.csv")])
    assert answers[0] == answers[1]


HEADER = b"entry_id,last_name1,first_name,birth_date\n"


@pytest.mark.parametrize("content, said", [
    (b"", "empty"), (b"entry_id,first_name\n", "last_name1, birth_date"), (HEADER + b"E1,Vega\n", "row 2: 2 fields"),
    (HEADER + b"E1,Pe\xf1a,Ana,2010-01-01\n", "row 2 is not UTF-8"), (HEADER.decode().encode("utf-16"), "UTF-16"),
    (HEADER + b'E1,"Vega,Ana,2010-01-01\n', "inside a quoted field"), (HEADER + b"E1,\0,Ana,2010-01-01\n", "zero byte"),
], ids=["empty", "columns", "cut", "latin1", "utf16", "quote", "zero"])
def test_a_file_that_cannot_be_read_is_named_with_the_reason(program, kit, tmp_path, content, said):
    index = tmp_path / "students.csv"
    index.write_bytes(content)
    done = locate(program, index, kit / "queries.csv", tmp_path / "out.csv")
    assert done.returncode == 65 and str(index) in done.stderr and said in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_file_that_is_not_there_is_named(program, kit, tmp_path):
    done = locate(program, tmp_path / "none.csv", kit / "queries.csv", tmp_path / "out.csv")
    assert done.returncode == 65 and "none.csv" in done.stderr


def test_an_index_without_entries_finds_nobody(program, kit, tmp_path):
    (tmp_path / "students.csv").write_bytes(HEADER)
    done = locate(program, tmp_path / "students.csv", kit / "queries.csv", tmp_path / "out.csv")
    assert done.returncode == 0
    assert {(row["rank"], row["entry_id"], row["score"]) for row in rows(tmp_path / "out.csv")} == {("1", "", "0")}


@pytest.mark.parametrize("before", [None, b"the last run's answers\n"], ids=["new", "again"])
def test_a_bad_row_midway_leaves_neither_results_nor_half_of_them(program, kit, tmp_path, before):
    asked = (kit / "queries.csv").read_bytes().splitlines(keepends=True)
    (tmp_path / "queries.csv").write_bytes(b"".join(asked[:150]) + b"Q-cut,Ana\n" + b"".join(asked[150:]))
    out = tmp_path / "out.csv"
    if before is not None:
        out.write_bytes(before)
    done = locate(program, kit / "students.csv", tmp_path / "queries.csv", out)
    assert done.returncode == 65 and "queries.csv" in done.stderr and "row 151: 2 fields" in done.stderr
    # What an earlier run left stays as it was.
    assert (out.read_bytes() if out.exists() else None) == before
    assert not (tmp_path / "out.csv.part").exists()


def test_results_follow_a_link_of_theirs_and_none_that_stands_in_their_way(program, kit, tmp_path):
    (tmp_path / "real.csv").write_text("before")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    done = locate(program, kit / "students.csv", kit / "queries.csv", tmp_path / "link.csv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "link.csv").is_symlink() and len(rows(tmp_path / "real.csv")) >= 300
    # Somebody's link under the name that it has until it is whole.
    (tmp_path / "other").write_text("nobody's business")
    (tmp_path / "out.csv.part").symlink_to(tmp_path / "other")
    done = locate(program, kit / "students.csv", kit / "queries.csv", tmp_path / "out.csv")
    assert done.returncode != 0 and not (tmp_path / "out.csv").exists()
    assert (tmp_path / "other").read_text() == "nobody's business"

# What a file of people may hold that is nobody's fault; "{}" is the row's identifier.
ODD = {
    "no birth date": "{},Vega,Ana,", "one name": "{},Vega,,2010-01-01", "no name": "{},,,2010-01-01", "nothing": "{},,,",
    "500 characters": "{}," + "x" * 500 + "," + "é" * 250 + ",2010-01-01", "100 words": "{}," + "Vega " * 100 + ",Ana,2010-01-01",
    "two scripts": "{},Vеga,Аna,2010-01-01", "another script": "{},李,小龍,2010-01-01", "in the future": "{},Vega,Ana,2999-12-31",
    "no such day": "{},Vega,Ana,2010-02-30", "no date": "{},Vega,Ana,soon", "controls": "{},Ve\u202ega,A\tna,2010-01-01",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_odd_row_is_answered_and_harms_no_other(program, tmp_path, odd):
    good = "{},Barrera Quintanilla,Perla,2011-10-03"
    for name, header in (("students", HEADER), ("queries", HEADER.replace(b"entry_id", b"query_id"))):
        (tmp_path / f"{name}.csv").write_bytes(header + f"{odd.format('ODD')}\n{good.format('GOOD')}\n".encode())
    done = locate(program, tmp_path / "students.csv", tmp_path / "queries.csv", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stderr)["entries"] == 2 and done.stdout == ""
    answers = rows(tmp_path / "out.csv")
    assert [row["query_id"] for row in answers if row["rank"] == "1"] == ["ODD", "GOOD"]
    assert all(row["entry_id"] in ("", "ODD", "GOOD") and 0 <= float(row["score"]) <= 1 for row in answers)
    best = next(row for row in answers if row["query_id"] == "GOOD")
    assert best["entry_id"] == "GOOD" and float(best["score"]) > .5
    assert not any(row["entry_id"] == "GOOD" and float(row["score"]) > .5 for row in answers if row["query_id"] == "ODD")
    assert not (tmp_path / "out.csv.part").exists()


@pytest.mark.parametrize("content, said", [
    (b"", "empty"), (HEADER + b"Q1,Pe\xf1a,Ana,2010-01-01\n", "row 2 is not UTF-8"),
    (HEADER.decode().encode("utf-16"), "UTF-16"), (HEADER + b"Q1,\0,Ana,2010-01-01\n", "zero byte"),
    (HEADER + b"Q1,Vega,Ana,2010-01-01\nQ2,Pe\xf1a,Ana,2010-01-01\n", "row 3 is not UTF-8"),
], ids=["empty", "latin1", "utf16", "zero", "latin1 midway"])
def test_queries_that_cannot_be_read_leave_no_results(program, kit, tmp_path, content, said):
    queries = tmp_path / "queries.csv"
    queries.write_bytes(content.replace(b"entry_id", b"query_id"))
    done = locate(program, kit / "students.csv", queries, tmp_path / "out.csv")
    assert done.returncode == 65 and str(queries) in done.stderr and said in done.stderr
    assert list(tmp_path.iterdir()) == [queries]
