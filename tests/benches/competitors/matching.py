"""Recognises listed people in a scenario with public libraries, one JSON line for each of them.

    python matching.py FOLDER [splink|rapidfuzz|recordlinkage]...

Each gets the threshold with which its F1 is best on this very scenario, which a shop could not know:
whatever is said in favour of the product is said against its competitors at their best.
"""

import json
import resource
import sys
import time
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd

COLUMNS = ["buyer_name", "recipient_name", "email_alias", "phone", "addr1", "addr2", "city", "state",
           "postal", "country"]


def folded(value):
    return " ".join(unicodedata.normalize("NFKC", value).casefold().replace(",", " ").split())


def read(path):
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for column in COLUMNS:
        table[column] = table[column].map(folded)
    table["name"] = table["buyer_name"].where(table["buyer_name"] != "", table["recipient_name"])
    table["street"] = (table["addr1"] + " " + table["addr2"]).str.strip()
    table["digits"] = table["phone"].str.replace(r"\D", "", regex=True).str[-9:]
    table["address"] = (table["street"] + " " + table["city"] + " " + table["postal"]).str.strip()
    table["last"] = table["name"].str.split().str[-1].fillna("")
    return table


def best(pairs, truth, orders):
    """Quality at the threshold with the best F1. `pairs`: order, listed, score."""
    matches = {(row.order_id, row.flagged_id) for row in truth.itertuples() if row.kind == "match"}
    honest = {row.order_id for row in truth.itertuples() if row.kind != "match"}
    pairs = pairs.sort_values("score", ascending=False, kind="stable").reset_index(drop=True)
    right = np.array([(o, f) in matches for o, f in zip(pairs["order"], pairs["listed"])], dtype=bool)
    found = np.cumsum(right)
    number = np.arange(1, len(pairs) + 1)
    precision, recall = found / number, found / max(1, len(matches))
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    # Pairs of one score are found together.
    last = np.append(pairs["score"].values[1:] != pairs["score"].values[:-1], True)
    if not len(pairs):
        return {"precision": 0, "recall": 0, "f1": 0, "false_alert_rate": 0}
    at = int(np.argmax(np.where(last, f1, -1)))
    touched = set(pairs["order"][: at + 1]) & honest
    return {"precision": float(precision[at]), "recall": float(recall[at]), "f1": float(f1[at]),
            "false_alert_rate": len(touched) / max(1, len(honest)),
            "threshold": float(pairs["score"][at])}


def rapidfuzz(listed, orders):
    """Words in any order, every pair compared: by name, by name and address, by both in one."""
    from rapidfuzz import fuzz, process

    def compared(part, text):
        return process.cdist(text(part).tolist(), text(listed).tolist(), scorer=fuzz.token_sort_ratio,
                             workers=-1, dtype=np.float32)

    def pairs(part, score, least):
        at, who = np.nonzero(score >= least)
        return pd.DataFrame({"order": part["id"].values[at], "listed": listed["id"].values[who],
                             "score": score[at, who]})

    ways = {"name": [], "mean of name and address": [], "one text": []}
    for start in range(0, len(orders), 2000):
        part = orders.iloc[start:start + 2000]
        names = compared(part, lambda rows: rows["name"])
        places = compared(part, lambda rows: rows["address"])
        whole = compared(part, lambda rows: rows["name"] + " " + rows["address"])
        ways["name"].append(pairs(part, names, 80))
        ways["mean of name and address"].append(pairs(part, (names + places) / 2, 60))
        ways["one text"].append(pairs(part, whole, 60))
    return {way: pd.concat(parts) for way, parts in ways.items()}


def recordlinkage(listed, orders):
    """Pairs that share postcode, last word of the name or telephone number; the sum of similarities."""
    import recordlinkage as rl

    index = rl.Index()
    for key in ["postal", "last", "digits", "email_alias"]:
        index.block(key)
    left = orders.set_index("id").replace("", None)
    right = listed.set_index("id").replace("", None)
    # A postcode that everybody has blocks nothing.
    pairs = index.index(left, right)
    compare = rl.Compare()
    compare.string("name", "name", method="jarowinkler", label="name")
    compare.string("street", "street", method="jarowinkler", label="street")
    compare.string("city", "city", method="jarowinkler", label="city")
    for key in ["postal", "digits", "email_alias"]:
        compare.exact(key, key, label=key)
    features = compare.compute(pairs, left, right).fillna(0)
    score = features.sum(axis=1)
    return pd.DataFrame({"order": features.index.get_level_values(0),
                         "listed": features.index.get_level_values(1), "score": score.values})


def splink(listed, orders):
    """Probabilistic linkage with weights estimated from the scenario itself."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def table(rows):
        keep = ["id", "name", "last", "street", "city", "postal", "digits", "email_alias"]
        rows = rows[keep].replace("", None).rename(columns={"id": "unique_id"})
        return rows

    use = [key for key in ["street", "city", "postal", "digits", "email_alias"]
           if orders[key].replace("", None).nunique() > 1]
    comparisons = [cl.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(
        term_frequency_adjustments=True)]
    for key in use:
        if key in ("street", "city"):
            comparisons.append(cl.JaroWinklerAtThresholds(key, [0.95, 0.88]))
        else:
            comparisons.append(cl.ExactMatch(key))
    rules = [block_on("name"), block_on("last", "substr(name, 1, 1)")]
    rules += [block_on(key) for key in use if key in ("digits", "email_alias", "street")]
    if "postal" in use:
        rules.append(block_on("postal"))
    settings = SettingsCreator(link_type="link_only", comparisons=comparisons,
                               blocking_rules_to_generate_predictions=rules,
                               retain_intermediate_calculation_columns=False)
    api = DuckDBAPI()
    tables = [table(orders), table(listed)]
    names = ["orders", "listed"]
    if hasattr(api, "register"):
        registered = [api.register(one, dataset_display_name=name, table_name=name) for one, name in zip(tables, names)]
        linker = Linker(registered, settings)
    else:
        linker = Linker(tables, settings, api, input_table_aliases=names)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=7)
    for rule in [block_on("name"), block_on("street")]:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as why:  # a rule under which nothing can be estimated
            print(f"splink: {why}", file=sys.stderr)
    found = linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()
    left_is_order = found["source_dataset_l"] == "orders"
    return pd.DataFrame({
        "order": found["unique_id_l"].where(left_is_order, found["unique_id_r"]),
        "listed": found["unique_id_r"].where(left_is_order, found["unique_id_l"]),
        "score": found["match_weight"]})


def main():
    folder, wanted = Path(sys.argv[1]), sys.argv[2:] or ["splink", "rapidfuzz", "recordlinkage"]
    listed, orders = read(folder / "flagged.csv"), read(folder / "orders.csv")
    truth = pd.read_csv(folder / "truth.csv", dtype=str, keep_default_na=False)
    ways = {"splink": splink, "rapidfuzz": rapidfuzz, "recordlinkage": recordlinkage}
    for name in wanted:
        start = time.perf_counter()
        try:
            pairs = ways[name](listed, orders)
        except MemoryError:
            print(json.dumps({"program": name, "scenario": folder.name, "failed": "memory"}))
            continue
        took = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        ways_tried = pairs if isinstance(pairs, dict) else {"": pairs}
        for way, pairs in ways_tried.items():
            print(json.dumps({"program": f"{name}, {way}" if way else name, "scenario": folder.name,
                              "alert": best(pairs, truth, orders), "peak_mb": peak,
                              "us_per_order": took / len(ways_tried) / len(orders) * 1e6}), flush=True)


if __name__ == "__main__":
    main()
