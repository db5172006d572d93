"""Makes units.json out of the Python package vietnamadminunits 1.0.4 (MIT: see units.LICENSE).

Not run by npm: it is only needed when units.json is to be made anew.

    python3 -m venv /tmp/units
    /tmp/units/bin/pip install --no-deps vietnamadminunits==1.0.4
    /tmp/units/bin/python scripts/generate/extractUnits.py > scripts/generate/units.json

Of the package's data it takes names, GSO codes, parents and the crosswalk of 1 July 2025; not the
coordinates, whose origin the package does not give. A line is a unit, `code name`, and stands below
the unit that it lies in: the length of the code tells the level (2 province, 3 district, 5
commune). After `>` stand the codes of the units that took its ground over in 2025.
"""

import json
import sqlite3
from importlib.metadata import distribution
from pathlib import Path

# The package is not imported: its data need none of what it depends on.
data = Path(distribution("vietnamadminunits").locate_file("vietnamadminunits/data"))
database = sqlite3.connect(str(data / "dataset.db"))
crosswalk = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))

TYPES = ["Thành phố", "Thị xã", "Thị trấn", "Đặc khu"]


def tidy(name: str) -> str:
    """Spells the word for the kind of unit in one way: the package has «Thị Xã Việt Yên» too."""
    for word in TYPES:
        if name.lower().startswith(word.lower() + " "):
            return word + name[len(word) :]
    return name


new_provinces = {}
new_communes = {}
since = []
for province, province_key, province_code, ward, ward_key, ward_code in database.execute(
    "select province, provinceKey, provinceCode, ward, wardKey, wardCode from admin_units"
    " order by provinceCode, wardCode"
):
    if province_key not in new_provinces:
        new_provinces[province_key] = province_code
        since.append(f"{province_code} {tidy(province)}")
    new_communes[province_key, ward_key] = ward_code
    since.append(f"{ward_code} {tidy(ward)}")

successors = {}
for province_key, wards in crosswalk["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
    for ward_key, old_keys in wards.items():
        for old_key in old_keys:
            successors.setdefault(old_key, set()).add(new_communes[province_key, ward_key])
for province_key, old_keys in crosswalk["DICT_PROVINCE_WARD_DIVIDED"].items():
    for old_key, wards in old_keys.items():
        for ward in wards:
            code = new_communes[province_key, ward["newWardKey"]]
            successors.setdefault(old_key, set()).add(code)
province_successors = {
    old_key: new_provinces[province_key]
    for province_key, old_keys in crosswalk["DICT_PROVINCE"].items()
    for old_key in old_keys
}

before = []
seen = set()
for row in database.execute(
    "select province, provinceKey, provinceCode, district, districtKey, districtCode,"
    " ward, wardKey, wardCode from admin_units_legacy"
    " order by provinceCode, districtCode, wardCode"
):
    province, province_key, province_code, district, district_key, district_code = row[:6]
    ward, ward_key, ward_code = row[6:]
    if province_code not in seen:
        seen.add(province_code)
        before.append(f"{province_code} {tidy(province)} > {province_successors[province_key]}")
    became = " ".join(sorted(successors[f"{province_key}_{district_key}_{ward_key or ''}"]))
    if district_code not in seen:
        seen.add(district_code)
        # Five island districts have no communes: each became a special zone as a whole.
        before.append(f"{district_code} {tidy(district)}" + ("" if ward else f" > {became}"))
    if ward:
        before.append(f"{ward_code} {tidy(ward)} > {became}")

print(
    json.dumps(
        {
            "source": "PyPI vietnamadminunits 1.0.4, MIT (see units.LICENSE), by extractUnits.py",
            "before": before,
            "since": since,
        },
        ensure_ascii=False,
        indent=2,
    )
)
