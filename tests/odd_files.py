"""Odd and malformed files, each with what a statistician who has not seen the code expects of it.

`expected` is one of three. A file that loads at once: its features in the order of the file, the number of
rows (training and test), and each column's sum over them in raw units, in float64 (`.exact`). A file that
needs a decision: what the ValueError must hold (`says`, compared without regard to case), the arguments of
the call that it must suggest (`then`), and what that call loads. A file that no call can mend: `then` is
None. Features that are not given are open, and so is a sum that is not given: it depends on the split. Of a
text column's values, the one that is first in the alphabet, and in the file, gets no column of its own. A
note tells what makes a file hard, and where another behaviour is as good.
"""

from typing import Any, NamedTuple


class OddFile(NamedTuple):
    file: str  # in tests/files
    label: str
    expected: dict[str, Any]
    note: str = ""


ODD_FILES = [
    # How the file is written: what parts the columns, decimals, thousands
    OddFile(
        "plain_comma.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 141.7, "sleep": 83.9, "absences": 72, "score": 641.7},
        },
    ),
    OddFile(
        "semicolon_decimal_comma.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 17101, "power_kw": 1608, "engine_l": 28.8, "use_l": 103.7},
        },
    ),
    OddFile(
        "semicolon_decimal_point.csv",
        "price",
        {
            "features": ["area", "rooms", "distance_km"],
            "rows": 12,
            "sums": {"area": 1255.1, "rooms": 41, "distance_km": 172.77, "price": 6792078},
        },
    ),
    OddFile(
        "tab_in_a_csv.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 94.1, "humidity": 765, "wind": 79.1, "pm10": 411.2},
        },
    ),
    OddFile(
        "tab_decimal_comma.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 210.8, "humidity": 651, "wind": 82.9, "pm10": 465},
        },
    ),
    OddFile(
        "pipe.csv",
        "wage",
        {
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 554, "school": 166, "overtime": 91.8, "wage": 526.22},
        },
    ),
    OddFile(
        "pipe_at_both_ends.csv",
        "wage",
        {
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 423, "school": 174, "overtime": 84.3, "wage": 483.72},
        },
        "a psql or Markdown table without its rule; empty first and last column are no columns",
    ),
    OddFile(
        "blanks_aligned.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 137.8, "sleep": 88.7, "absences": 33, "score": 756.8},
        },
    ),
    OddFile(
        "one_blank_between.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 121.8, "sleep": 84.9, "absences": 42, "score": 637.3},
        },
    ),
    OddFile(
        "comma_and_blank.csv",
        "price",
        {
            "features": ["area", "rooms", "distance_km"],
            "rows": 12,
            "sums": {"area": 1411.5, "rooms": 54, "distance_km": 132.51, "price": 5184651},
        },
    ),
    OddFile(
        "comma_with_quoted_decimal_comma.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 138.5, "humidity": 861, "wind": 49.5, "pm10": 293.6},
        },
    ),
    OddFile(
        "thousands_comma_quoted.csv",
        "sales",
        {
            "features": ["visits", "adverts", "staff"],
            "rows": 12,
            "sums": {"visits": 65093, "adverts": 478.1, "staff": 116, "sales": 306770},
        },
    ),
    OddFile(
        "thousands_dot_german.csv",
        "sales",
        {
            "features": ["visits", "adverts", "staff"],
            "rows": 12,
            "sums": {"visits": 57126, "adverts": 505.4, "staff": 142, "sales": 312175},
        },
    ),
    OddFile(
        "thousands_apostrophe_swiss.csv",
        "sales",
        {
            "features": ["visits", "adverts", "staff"],
            "rows": 12,
            "sums": {"visits": 67839, "adverts": 398.7, "staff": 131, "sales": 226644},
        },
    ),
    OddFile(
        "thousands_curly_apostrophe_swiss.csv",
        "sales",
        {
            "features": ["visits", "adverts", "staff"],
            "rows": 12,
            "sums": {"visits": 65885, "adverts": 443.1, "staff": 128, "sales": 331047},
        },
    ),
    OddFile(
        "thousands_blank_french.csv",
        "sales",
        {
            "features": ["visits", "adverts", "staff"],
            "rows": 12,
            "sums": {"visits": 49538, "adverts": 462.8, "staff": 121, "sales": 360975},
        },
    ),
    OddFile(
        "thousands_narrow_blank_french.csv",
        "sales",
        {
            "features": ["visits", "adverts", "staff"],
            "rows": 12,
            "sums": {"visits": 66746, "adverts": 487.8, "staff": 129, "sales": 296722},
        },
    ),
    OddFile(
        "thousands_hard_blank_cp1252.csv",
        "ventes",
        {
            "features": ["visites", "publicité", "employés"],
            "rows": 12,
            "sums": {"visites": 48565, "publicité": 440.7, "employés": 137, "ventes": 300513},
        },
    ),
    OddFile(
        "thousands_dot_beside_850.csv",
        "sales",
        {"features": ["visits", "staff"], "rows": 12, "sums": {"visits": 18603, "staff": 79, "sales": 799}},
        "850 beside 1.234: three digits follow every dot, and no decimals elsewhere, so thousands",
    ),
    OddFile(
        "three_decimals_that_are_no_thousands.csv",
        "current",
        {
            "features": ["density", "voltage"],
            "rows": 12,
            "sums": {"density": 13.373, "voltage": 150, "current": 45.6},
        },
    ),
    OddFile(
        "three_decimals_or_thousands.csv",
        "loss",
        {"features": ["flow", "valve"], "rows": 12, "sums": {"valve": 79, "loss": 799}},
        (
            "1.234 or 1,234, nothing in the file tells: decimals or thousands, as long as it is "
            "reported; z-scored, both are the same data"
        ),
    ),
    OddFile(
        "thousands_indian.csv",
        "sales",
        {
            "features": ["visits", "adverts", "staff"],
            "rows": 12,
            "sums": {"visits": 82064, "adverts": 405, "staff": 104, "sales": 12617829},
        },
        "12,34,567 is 1234567 in India; naming the cells in an error is fine too",
    ),
    OddFile(
        "minus_u2212.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 115.1, "humidity": 683, "wind": 57.8, "pm10": 310.7},
        },
    ),
    OddFile(
        "accounting_negatives.csv",
        "profit",
        {"features": ["budget", "staff"], "rows": 12, "sums": {"budget": 5073, "staff": 79, "profit": 567}},
        "(1,234) is -1234; an error that names the cells is fine too, reading it as +1234 is not",
    ),
    OddFile(
        "currency_dollar.csv",
        "wage",
        {
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 440, "school": 189, "overtime": 92.7, "wage": 435.93},
        },
    ),
    OddFile(
        "currency_euro_behind_cp1252.csv",
        "wage",
        {
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 550, "school": 157, "overtime": 100.7, "wage": 438.23},
        },
    ),
    OddFile(
        "percent_signs.csv",
        "seats",
        {"features": ["share", "turnout"], "rows": 12, "sums": {"share": 662, "turnout": 803, "seats": 332}},
    ),
    OddFile(
        "same_unit_in_every_cell.csv",
        "dose",
        {"features": ["mass", "height"], "rows": 12, "sums": {"mass": 386, "height": 17.66, "dose": 2751}},
        "like a percent sign, and reported; an error that names the column and a cell is fine too",
    ),
    OddFile(
        "scientific_1E-03.csv",
        "heat",
        {"features": ["load", "speed"], "rows": 12, "sums": {"load": 5.5575, "speed": 296, "heat": 425.4}},
    ),
    OddFile(
        "plus_sign_and_bare_point.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 158.6, "sleep": 83.4, "absences": 50, "score": 788.5},
        },
    ),
    OddFile(
        "true_false.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences", "tutor"],
            "rows": 12,
            "sums": {"hours": 95.3, "sleep": 92, "absences": 48, "tutor": 6, "score": 820.6},
        },
    ),
    OddFile(
        "quotes_round_every_cell.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 132.9, "sleep": 82.8, "absences": 62, "score": 753.3},
        },
    ),
    OddFile(
        "every_line_one_quoted_cell.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 16184, "power_kw": 1621, "engine_l": 27, "use_l": 90.1},
        },
        "Excel saves so what it has read as one column; an error that says so is fine too",
    ),
    OddFile(
        "excel_formula_cells.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 14540, "power_kw": 1247, "engine_l": 31, "use_l": 104.8},
        },
        (
            '="1200" is how some exports keep Excel from touching a number; an error that names a '
            "cell is fine too"
        ),
    ),
    # How the file is written: encodings, line ends, gzip
    OddFile(
        "utf8_bom_before_the_label.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"score": 657.4, "hours": 147, "sleep": 86.3, "absences": 54},
        },
    ),
    OddFile(
        "utf8_bom_before_quotes.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 162.2, "sleep": 80.3, "absences": 60, "score": 794.9},
        },
    ),
    OddFile(
        "utf16_le_tab_excel_unicode_text.csv",
        "Blutdruck",
        {
            "features": ["Größe", "Übergewicht", "Maß"],
            "rows": 12,
            "sums": {"Größe": 1990, "Übergewicht": 247.2, "Maß": 74.68, "Blutdruck": 1455},
        },
    ),
    OddFile(
        "utf16_be.csv",
        "Blutdruck",
        {
            "features": ["Größe", "Übergewicht", "Maß"],
            "rows": 12,
            "sums": {"Größe": 2067, "Übergewicht": 141.5, "Maß": 57.39, "Blutdruck": 1625},
        },
    ),
    OddFile(
        "cp1252_umlauts.csv",
        "Blutdruck",
        {
            "features": ["Größe", "Übergewicht", "Maß"],
            "rows": 12,
            "sums": {"Größe": 2046, "Übergewicht": 247.1, "Maß": 53.62, "Blutdruck": 1592},
        },
    ),
    OddFile(
        "latin1_in_the_middle.csv",
        "price",
        {
            "says": ["city", "3"],
            "then": {"categories": "dummies"},
            "features": ["area", "rooms", "distance_km", "city=Basel", "city=Zürich"],
            "rows": 12,
            "sums": {
                "area": 969.8,
                "rooms": 49,
                "distance_km": 180.74,
                "city=Basel": 4,
                "city=Zürich": 3,
                "price": 5043607,
            },
        },
    ),
    OddFile(
        "utf16_without_bom.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 105.8, "humidity": 725, "wind": 73.4, "pm10": 430.7},
        },
        "every second byte is NUL; an error that says so is fine too",
    ),
    OddFile(
        "mac_line_ends.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 148.1, "humidity": 848, "wind": 68.5, "pm10": 417},
        },
    ),
    OddFile(
        "mixed_line_ends.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 71.7, "humidity": 730, "wind": 77.5, "pm10": 366.1},
        },
    ),
    OddFile(
        "no_newline_at_the_end.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 151.7, "humidity": 734, "wind": 66.8, "pm10": 263},
        },
    ),
    OddFile(
        "gzip.csv.gz",
        "price",
        {
            "features": ["area", "rooms", "distance_km"],
            "rows": 12,
            "sums": {"area": 1171.6, "rooms": 44, "distance_km": 180.02, "price": 6284010},
        },
    ),
    OddFile(
        "gzip_named_csv.csv",
        "price",
        {
            "features": ["area", "rooms", "distance_km"],
            "rows": 12,
            "sums": {"area": 1250.9, "rooms": 60, "distance_km": 148.01, "price": 4759016},
        },
    ),
    OddFile(
        "ctrl_z_at_the_end.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 165.6, "humidity": 691, "wind": 59, "pm10": 446.8},
        },
        "DOS programs close a file so; an error that names the last line is fine too",
    ),
    # How the file is written: lines and columns that are no data
    OddFile(
        "blank_lines_at_the_end.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 159.9, "sleep": 87.7, "absences": 49, "score": 737.5},
        },
    ),
    OddFile(
        "blank_line_between.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 136.8, "sleep": 86.7, "absences": 37, "score": 848.1},
        },
    ),
    OddFile(
        "lines_of_commas_at_the_end.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 166.2, "sleep": 86.5, "absences": 47, "score": 709.7},
        },
    ),
    OddFile(
        "columns_of_commas_from_excel.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 133.1, "sleep": 81, "absences": 56, "score": 714},
        },
    ),
    OddFile(
        "separator_behind_every_line.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 180.3, "sleep": 81.4, "absences": 41, "score": 629},
        },
    ),
    OddFile(
        "separator_behind_data_lines_only.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 143.5, "sleep": 82.8, "absences": 65, "score": 642.1},
        },
        ("the cell too many is empty in every line; it must not move the names by one, as pandas does"),
    ),
    OddFile(
        "comment_lines.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 123.9, "humidity": 668, "wind": 59.9, "pm10": 376.3},
        },
    ),
    OddFile(
        "header_behind_a_hash.csv",
        "pm10",
        {
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 122.3, "humidity": 837, "wind": 64, "pm10": 320.5},
        },
        "as numpy.savetxt writes it: the comment is the header",
    ),
    OddFile(
        "title_lines.csv",
        "wage",
        {
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 575, "school": 150, "overtime": 90.3, "wage": 401.87},
        },
    ),
    OddFile(
        "title_lines_padded.csv",
        "wage",
        {
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 509, "school": 171, "overtime": 55.8, "wage": 392.04},
        },
        "as Excel saves a sheet with a title over the table",
    ),
    OddFile(
        "excel_sep_line.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 16626, "power_kw": 1398, "engine_l": 32.5, "use_l": 93.1},
        },
    ),
    OddFile(
        "pandas_index.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 16324, "power_kw": 1243, "engine_l": 21.6, "use_l": 89.6},
        },
    ),
    OddFile(
        "pandas_index_written_twice.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 17904, "power_kw": 1315, "engine_l": 27.4, "use_l": 110.2},
        },
    ),
    OddFile(
        "pandas_index_shuffled.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 15339, "power_kw": 1287, "engine_l": 23.2, "use_l": 102.9},
        },
    ),
    OddFile(
        "r_write_csv_row_names.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 15919, "power_kw": 1226, "engine_l": 29.4, "use_l": 93.5},
        },
    ),
    OddFile(
        "r_header_one_cell_shorter.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 17465, "power_kw": 1385, "engine_l": 23, "use_l": 109.4},
        },
        "write.table: the quoted row names hold blanks, which also part the columns",
    ),
    OddFile(
        "r_header_one_cell_shorter_numbers.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 16064, "power_kw": 1563, "engine_l": 27.5, "use_l": 109.2},
        },
    ),
    OddFile(
        "rdatasets_rownames.csv",
        "use_l",
        {
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 16383, "power_kw": 1282, "engine_l": 29.2, "use_l": 104.4},
        },
    ),
    OddFile(
        "r_longley_years_twice.csv",
        "Employed",
        {
            "features": ["GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population", "Year"],
            "rows": 16,
            "sums": {
                "GNP.deflator": 1626.9,
                "GNP": 6203.175,
                "Unemployed": 5109.3,
                "Armed.Forces": 4170.7,
                "Population": 1878.784,
                "Year": 31272,
                "Employed": 1045.072,
            },
        },
        (
            "the row names go as an index; Year is a trend that a user may want to keep, see "
            "years_as_a_trend.csv; Population rises every year, and is no copy of Year"
        ),
    ),
    OddFile(
        "utf8_chinese_names.csv",
        "血压",
        {
            "features": ["体重", "身高", "年龄"],
            "rows": 12,
            "sums": {"体重": 140.8, "身高": 84, "年龄": 60, "血压": 715.4},
        },
    ),
    OddFile(
        "header_parted_by_another_mark.csv",
        "score",
        {"says": [], "then": None},
        "commas in the header, semicolons in the data; reading both and reporting it is fine, too",
    ),
    # Names of columns
    OddFile(
        "name_with_dollars.csv",
        "y",
        {
            "features": ["$x$", "a_1^2 \\beta"],
            "rows": 12,
            "sums": {"$x$": 72.1, "a_1^2 \\beta": 161, "y": 295.7},
        },
    ),
    OddFile(
        "names_with_quotes_newline_comma.csv",
        "y",
        {
            "features": ['fuel "real" use', "weight (kg)", "price, in 1000 EUR"],
            "rows": 12,
            "sums": {'fuel "real" use': 56.6, "weight (kg)": 16067, "price, in 1000 EUR": 273.7, "y": 97.2},
        },
        "a blank in place of the newline; most readers of CSV keep it",
    ),
    OddFile(
        "blanks_round_names.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 160.7, "sleep": 84.1, "absences": 50, "score": 845.9},
        },
    ),
    OddFile(
        "names_like_values.csv",
        "y",
        {"features": ["y-1", "True"], "rows": 12, "sums": {"y-1": 189.2, "True": 213, "y": 61.9}},
    ),
    OddFile(
        "years_as_header.csv",
        "2021",
        {
            "features": ["2018", "2019", "2020"],
            "rows": 12,
            "sums": {"2018": 669.6, "2019": 541, "2020": 720.4, "2021": 544.4},
        },
        "a header of numbers, but it holds the label that was asked for",
    ),
    OddFile(
        "duplicate_names.csv",
        "y",
        {
            "features": ["x", "x (2)", "w"],
            "rows": 12,
            "sums": {"x": 61.1, "x (2)": 206, "w": 61.34, "y": 223.1},
        },
        "two different columns of one name: the second is renamed, and the report says so",
    ),
    OddFile("duplicate_label.csv", "y", {"says": ["y"], "then": None}),
    OddFile("no_header.csv", "y", {"says": ["1.3"], "then": None}, "the first line is data"),
    OddFile(
        "label_in_other_case.csv",
        "score",
        {"says": ["Score"], "then": None},
        ("a label that is no column: the names are listed; then is None since the label itself must change"),
    ),
    OddFile(
        "unnamed_column_that_is_no_index.csv",
        "y",
        {
            "features": ["x", "column 2", "w"],
            "rows": 12,
            "sums": {"x": 54.5, "column 2": 172, "w": 58.23, "y": 223.4},
        },
        "a column of data without a name: it is given one, and the report says so",
    ),
    # Missing values
    OddFile(
        "missing_NA.csv",
        "score",
        {
            "says": ["hours", "sleep", "2", "1"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 11,
            "sums": {"hours": 140.2, "sleep": 83.5, "absences": 50, "score": 626},
        },
    ),
    OddFile(
        "missing_in_seven_ways.csv",
        "score",
        {
            "says": ["hours", "3", "sleep", "2", "absences"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 9,
            "sums": {"hours": 79.3, "sleep": 57.8, "absences": 40, "score": 458.8},
        },
    ),
    OddFile(
        "missing_hash_at_the_start_of_lines.csv",
        "score",
        {
            "says": ["hours", "3"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 11,
            "sums": {"hours": 140.5, "sleep": 75.3, "absences": 49, "score": 588.9},
        },
        "such lines are no comments",
    ),
    OddFile(
        "missing_german_excel_NV.csv",
        "score",
        {
            "says": ["sleep", "2"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 127.1, "sleep": 88, "absences": 52, "score": 676.6},
        },
    ),
    OddFile(
        "missing_spss_blank_and_null.csv",
        "wage",
        {
            "says": ["school", "2", "overtime", "1"],
            "then": {"missing": "drop rows"},
            "features": ["age", "school", "overtime"],
            "rows": 11,
            "sums": {"age": 511, "school": 147, "overtime": 68.7, "wage": 302.29},
        },
    ),
    OddFile(
        "missing_stata_dots.csv",
        "wage",
        {
            "says": ["school"],
            "then": {"missing": "drop rows"},
            "features": ["age", "school", "overtime"],
            "rows": 11,
            "sums": {"age": 466, "school": 161, "overtime": 112.1, "wage": 429.73},
        },
        ("Stata's .a to .z are missing as . is; naming .a and .b as cells that are no number is fine too"),
    ),
    OddFile(
        "missing_label.csv",
        "wage",
        {
            "says": ["wage", "2"],
            "then": {"missing": "drop rows"},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 542, "school": 146, "overtime": 88.8, "wage": 390.4},
        },
        "a missing label is never filled with a mean",
    ),
    OddFile(
        "missing_in_almost_every_row.csv",
        "score",
        {
            "says": ["hours", "sleep", "absences", "4"],
            "then": {"missing": "mean"},
            "features": ["hours", "sleep", "absences"],
            "rows": 14,
            "sums": {"score": 867.2},
        },
        "drop rows leaves 2 of 14; refusing in words is fine too",
    ),
    OddFile(
        "mostly_empty_column.csv",
        "score",
        {
            "says": ["sleep", "11"],
            "then": {"drop": ("sleep",)},
            "features": ["hours", "absences"],
            "rows": 14,
            "sums": {"hours": 154.2, "absences": 63, "score": 780.9},
        },
        "3 of 14 known: the column goes rather than the rows; missing='mean' is fine too",
    ),
    OddFile(
        "empty_column.csv",
        "score",
        {
            "says": ["sleep"],
            "then": {"drop": ("sleep",)},
            "features": ["hours", "absences"],
            "rows": 12,
            "sums": {"hours": 153.8, "absences": 50, "score": 705.9},
        },
    ),
    OddFile(
        "codes_minus_999.csv",
        "pm10",
        {
            "says": ["wind", "-999", "3", "humidity"],
            "then": {"missing": "drop rows"},
            "features": ["temp", "humidity", "wind"],
            "rows": 10,
            "sums": {"temp": 113.6, "humidity": 702, "wind": 38.7, "pm10": 354.5},
        },
    ),
    OddFile(
        "codes_minus_999_and_9999.csv",
        "pm10",
        {
            "says": ["wind", "-999", "-9999"],
            "then": {"missing": "drop rows"},
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 87.1, "humidity": 809, "wind": 83.4, "pm10": 437.6},
        },
    ),
    OddFile(
        "last_line_cut_in_half.csv",
        "pm10",
        {
            "says": ["wind", "pm10", "1"],
            "then": {"missing": "drop rows"},
            "features": ["temp", "humidity", "wind"],
            "rows": 11,
            "sums": {"temp": 158.2, "humidity": 708, "wind": 62.8, "pm10": 400.9},
        },
        ("a download that broke off: cells too few are missing cells; an error naming line 13 is fine too"),
    ),
    OddFile(
        "missing_none_and_NULL.csv",
        "score",
        {
            "says": ["absences", "2"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 10,
            "sums": {"hours": 109.2, "sleep": 65.3, "absences": 25, "score": 605.1},
        },
    ),
    OddFile(
        "constant_but_for_missing.csv",
        "score",
        {
            "says": ["campus"],
            "then": {"drop": ("campus",)},
            "features": ["hours", "sleep", "absences"],
            "rows": 14,
            "sums": {"hours": 153.1, "sleep": 107.9, "absences": 84, "score": 967.4},
        },
        "once campus is gone nothing is missing: no row needs to go",
    ),
    OddFile(
        "constant_once_rows_are_dropped.csv",
        "score",
        {
            "says": ["hours", "2"],
            "then": {"drop": ("repeats",), "missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 155.3, "sleep": 94.2, "absences": 71, "score": 707.2},
        },
        (
            "repeats is 1 only where hours is missing: the call must work; missing='mean' without "
            "drop is fine too"
        ),
    ),
    OddFile(
        "copy_with_missing_cells.csv",
        "use_l",
        {
            "says": ["mass_kg", "mass_g"],
            "then": {"drop": ("mass_g",)},
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 14,
            "sums": {"mass_kg": 20494, "power_kw": 1608, "engine_l": 30, "use_l": 139.4},
        },
        "the copy with the holes goes, and every row stays",
    ),
    OddFile(
        "names_with_missing_cells.csv",
        "wage",
        {
            "says": ["name"],
            "then": {"drop": ("name",)},
            "features": ["age", "school", "overtime"],
            "rows": 14,
            "sums": {"age": 504, "school": 173, "overtime": 72.7, "wage": 486.02},
        },
        "once the names are gone every row is complete",
    ),
    OddFile(
        "category_lost_with_the_rows.csv",
        "wage",
        {
            "says": ["age", "2", "region"],
            "then": {"missing": "drop rows", "categories": "dummies"},
            "features": ["age", "school", "overtime", "region=north", "region=south"],
            "rows": 13,
            "sums": {
                "age": 520,
                "school": 206,
                "overtime": 96.8,
                "region=north": 4,
                "region=south": 3,
                "wage": 402.85,
            },
        },
        "west stands only in rows without age: no column of zeros for it",
    ),
    OddFile(
        "label_almost_always_missing.csv",
        "wage",
        {"says": ["wage", "12"], "then": None},
        "2 rows have a label: too few, and labels are not filled in",
    ),
    # Text columns
    OddFile(
        "text_column.csv",
        "wage",
        {
            "says": ["region", "3"],
            "then": {"categories": "dummies"},
            "features": ["age", "school", "overtime", "region=north", "region=south"],
            "rows": 14,
            "sums": {
                "age": 607,
                "school": 194,
                "overtime": 118.4,
                "region=north": 5,
                "region=south": 3,
                "wage": 492.71,
            },
        },
    ),
    OddFile(
        "text_yes_no_feature.csv",
        "wage",
        {
            "says": ["married", "2"],
            "then": {"categories": "dummies"},
            "features": ["age", "school", "overtime", "married=yes"],
            "rows": 14,
            "sums": {"age": 660, "school": 204, "overtime": 110, "married=yes": 4, "wage": 412.81},
        },
        "text of two values; reading yes and no as 1 and 0 at once, as true and false, is fine too",
    ),
    OddFile(
        "category_that_occurs_once.csv",
        "wage",
        {
            "says": ["job", "3"],
            "then": {"categories": "dummies"},
            "features": ["age", "school", "overtime", "job=driver", "job=pilot"],
            "rows": 14,
            "sums": {
                "age": 623,
                "school": 215,
                "overtime": 110.1,
                "job=driver": 6,
                "job=pilot": 1,
                "wage": 440.7,
            },
        },
        (
            "pilot is one row: its 0/1 column is constant where that row is a test row; an error that "
            "names pilot is fine"
        ),
    ),
    OddFile(
        "text_in_different_case_and_blanks.csv",
        "wage",
        {
            "says": ["sex", "Female", "female"],
            "then": {"categories": "dummies"},
            "rows": 14,
            "sums": {"age": 482, "school": 178, "overtime": 120.5, "wage": 533.31},
        },
        (
            "blanks at the ends never count; that values differ by case only is said, how they are "
            "coded then is open"
        ),
    ),
    OddFile(
        "zip_codes_with_leading_zeros.csv",
        "price",
        {
            "says": ["zip", "3"],
            "then": {"categories": "dummies"},
            "features": ["area", "rooms", "distance_km", "zip=04109", "zip=09111"],
            "rows": 12,
            "sums": {
                "area": 1418.4,
                "rooms": 43,
                "distance_km": 134.53,
                "zip=04109": 4,
                "zip=09111": 3,
                "price": 5765432,
            },
        },
        ("leading zeros make a code, not a number; reading them as numbers is at least to be reported"),
    ),
    OddFile(
        "text_with_missing_cells.csv",
        "wage",
        {
            "says": ["region", "2", "3"],
            "then": {"missing": "drop rows", "categories": "dummies"},
            "features": ["age", "school", "overtime", "region=north", "region=south"],
            "rows": 12,
            "sums": {
                "age": 503,
                "school": 167,
                "overtime": 73.4,
                "region=north": 4,
                "region=south": 3,
                "wage": 418.3,
            },
        },
        ("NA in a column of text is missing as well; as a fourth value (Namibia) it would have to be said"),
    ),
    OddFile(
        "label_yes_no.csv",
        "passed",
        {
            "says": ["passed", "yes", "no"],
            "then": {"categories": "dummies"},
            "features": ["hours", "sleep", "absences"],
            "rows": 14,
            "sums": {"hours": 160.8, "sleep": 96.7, "absences": 67, "passed=yes": 6},
        },
        "a label of two texts: 1 for yes; refusing it in words is fine too",
    ),
    OddFile(
        "label_0_1.csv",
        "passed",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 14,
            "sums": {"hours": 175, "sleep": 99.3, "absences": 66, "passed": 6},
        },
    ),
    OddFile("label_text_of_many_values.csv", "grade", {"says": ["grade", "A"], "then": None}),
    OddFile(
        "mixed_units.csv",
        "dose",
        {
            "says": ["mass", "kg"],
            "then": {"drop": ("mass",)},
            "features": ["height"],
            "rows": 12,
            "sums": {"height": 13.96, "dose": 1986},
        },
        "units that differ must never be cut off; words alone (then None) are fine too",
    ),
    OddFile(
        "commas_in_text_of_a_semicolon_file.csv",
        "price",
        {
            "says": ["place", "3"],
            "then": {"categories": "dummies"},
            "features": ["area", "rooms", "distance_km", "place=Linz, AT", "place=Ulm, DE"],
            "rows": 12,
            "sums": {
                "area": 1430.8,
                "rooms": 57,
                "distance_km": 164.71,
                "place=Linz, AT": 4,
                "place=Ulm, DE": 3,
                "price": 6192757,
            },
        },
    ),
    OddFile(
        "cells_with_newlines_and_commas.csv",
        "score",
        {
            "says": ["remark"],
            "then": {"drop": ("remark",)},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 128.5, "sleep": 91.6, "absences": 71, "score": 677},
        },
    ),
    OddFile(
        "mixed_currencies.csv",
        "wage",
        {
            "says": ["overtime", "$", "€"],
            "then": {"drop": ("overtime",)},
            "features": ["age", "school"],
            "rows": 12,
            "sums": {"age": 585, "school": 193, "wage": 274.76},
        },
        "currencies that differ must never be cut off; words alone (then None) are fine too",
    ),
    OddFile(
        "label_true_false.csv",
        "score",
        {
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 194, "sleep": 84.1, "absences": 61, "score": 6},
        },
    ),
    # Columns that have to go
    OddFile(
        "id_row_number.csv",
        "wage",
        {
            "says": ["id"],
            "then": {"drop": ("id",)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 487, "school": 186, "overtime": 77.3, "wage": 466.41},
        },
    ),
    OddFile(
        "id_of_17_digits.csv",
        "wage",
        {
            "says": ["respondent"],
            "then": {"drop": ("respondent",)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 486, "school": 162, "overtime": 90.3, "wage": 442.75},
        },
    ),
    OddFile(
        "phone_numbers.csv",
        "wage",
        {
            "says": ["phone"],
            "then": {"drop": ("phone",)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 507, "school": 177, "overtime": 70.3, "wage": 428.61},
        },
    ),
    OddFile(
        "names_of_people.csv",
        "wage",
        {
            "says": ["name"],
            "then": {"drop": ("name",)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 509, "school": 167, "overtime": 101.7, "wage": 451.01},
        },
    ),
    OddFile(
        "dates_iso.csv",
        "pm10",
        {
            "says": ["date", "2021-03-01"],
            "then": {"drop": ("date",)},
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 136.2, "humidity": 769, "wind": 61.1, "pm10": 416.3},
        },
    ),
    OddFile(
        "dates_german.csv",
        "pm10",
        {
            "says": ["Datum", "01.03.2021"],
            "then": {"drop": ("Datum",)},
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 185.6, "humidity": 733, "wind": 59.9, "pm10": 310.9},
        },
    ),
    OddFile(
        "unix_time_of_a_sensor.csv",
        "pm10",
        {
            "says": ["time"],
            "then": {"drop": ("time",)},
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 150.8, "humidity": 823, "wind": 56.4, "pm10": 388.2},
        },
        (
            "whole numbers in equal steps, a row number in disguise; loading it as a trend, as Year, "
            "is fine too"
        ),
    ),
    OddFile(
        "clock_times.csv",
        "pm10",
        {
            "says": ["clock", "08:00"],
            "then": {"drop": ("clock",)},
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 195.3, "humidity": 876, "wind": 52.9, "pm10": 409.9},
        },
    ),
    OddFile(
        "hex_numbers.csv",
        "pm10",
        {
            "says": ["sensor", "0x1a"],
            "then": {"drop": ("sensor",)},
            "features": ["temp", "humidity", "wind"],
            "rows": 12,
            "sums": {"temp": 127.9, "humidity": 730, "wind": 68.7, "pm10": 408.8},
        },
        "hex is an address, no number",
    ),
    OddFile(
        "years_as_a_trend.csv",
        "Employed",
        {
            "features": ["Year", "GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population"],
            "rows": 16,
            "sums": {
                "Year": 31272,
                "GNP.deflator": 1626.9,
                "GNP": 6203.175,
                "Unemployed": 5109.3,
                "Armed.Forces": 4170.7,
                "Population": 1878.784,
                "Employed": 1045.072,
            },
        },
        (
            "all years differ, yet a trend is a fair feature, and no argument could keep it once "
            "refused; an error with drop=('Year',) is fine only if there is a way to keep it"
        ),
    ),
    OddFile(
        "constant_column.csv",
        "wage",
        {
            "says": ["country", "1"],
            "then": {"drop": ("country",)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 414, "school": 158, "overtime": 67.3, "wage": 400.63},
        },
    ),
    OddFile(
        "constant_text_column.csv",
        "wage",
        {
            "says": ["country", "NL"],
            "then": {"drop": ("country",)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 517, "school": 170, "overtime": 104.8, "wage": 507.24},
        },
        "no dummies can be made of one value",
    ),
    OddFile(
        "copy_times_1000.csv",
        "use_l",
        {
            "says": ["mass_kg", "mass_g"],
            "then": {"drop": ("mass_g",)},
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 19326, "power_kw": 1241, "engine_l": 28.2, "use_l": 95.1},
        },
        "either may go; the later one is expected",
    ),
    OddFile(
        "copy_of_the_label.csv",
        "use_l",
        {
            "says": ["use_mpg_like", "use_l"],
            "then": {"drop": ("use_mpg_like",)},
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 12,
            "sums": {"mass_kg": 17521, "power_kw": 1258, "engine_l": 23.4, "use_l": 99.9},
        },
    ),
    OddFile(
        "log_of_the_label.csv",
        "price",
        {
            "says": ["log_price", "price"],
            "then": {"drop": ("log_price",)},
            "features": ["area", "rooms", "distance_km"],
            "rows": 12,
            "sums": {"area": 1712.1, "rooms": 45, "distance_km": 139.5, "price": 6331213},
        },
        "a strictly rising function of the label; its correlation with it is below 0.999",
    ),
    OddFile(
        "bikeshare_casual_plus_registered.csv",
        "cnt",
        {
            "says": ["casual", "registered"],
            "then": {"drop": ("casual", "registered")},
            "features": ["temp", "humidity", "windspeed"],
            "rows": 16,
            "sums": {"temp": 232.9, "humidity": 999, "windspeed": 270.4, "cnt": 7357},
        },
        "each alone correlates below 0.999, their sum is the label",
    ),
    OddFile(
        "shares_that_add_up.csv",
        "y",
        {
            "features": ["x0", "sand", "silt", "clay"],
            "rows": 12,
            "sums": {"x0": 74, "sand": 50, "silt": 39, "clay": 31, "y": 188.3},
        },
        (
            "sand + silt + clay = 10: no pair is a copy, and the lasso can live with it; an error "
            "that names the three is fine"
        ),
    ),
    OddFile(
        "copy_falling.csv",
        "price",
        {
            "says": ["area", "share_sold"],
            "then": {"drop": ("share_sold",)},
            "features": ["area", "rooms", "distance_km"],
            "rows": 12,
            "sums": {"area": 1271.8, "rooms": 55, "distance_km": 87.11, "price": 6552588},
        },
        "the correlation is -1",
    ),
    OddFile(
        "both_of_two_dummies.csv",
        "wage",
        {
            "says": ["male", "female"],
            "then": {"drop": ("female",)},
            "features": ["age", "school", "overtime", "male"],
            "rows": 12,
            "sums": {"age": 417, "school": 193, "overtime": 99.9, "male": 6, "wage": 446.38},
        },
        "either may go; the later one is expected",
    ),
    OddFile(
        "r_index_named_X.csv",
        "wage",
        {
            "says": ["X"],
            "then": {"drop": ("X",)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 584, "school": 183, "overtime": 99.8, "wage": 446.02},
        },
        "read.csv has named the index; dropping it as an index, reported, is fine too",
    ),
    OddFile(
        "id_name_with_both_quotes.csv",
        "wage",
        {
            "says": ["respondent"],
            "then": {"drop": ('respondent\'s "id"',)},
            "features": ["age", "school", "overtime"],
            "rows": 12,
            "sums": {"age": 478, "school": 166, "overtime": 62.1, "wage": 529.69},
        },
        "the call must stay Python when it is copied",
    ),
    OddFile(
        "differs_beyond_float32.csv",
        "wage",
        {
            "features": ["age", "school", "overtime", "count"],
            "rows": 12,
            "sums": {"age": 472, "school": 172, "overtime": 80.3, "count": 1200000019, "wage": 371.09},
        },
        ("in float32 count is constant; z-scored in float64 it is a fair feature; an error is fine too"),
    ),
    # Cells that are no numbers in columns of numbers
    OddFile(
        "cell_1_0.csv",
        "score",
        {
            "says": ["hours", "1_0"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 150.4, "sleep": 77.4, "absences": 52, "score": 552.4},
        },
        (
            "Python reads 1_0 as 10; that it is called missing must be said, words alone (then None) "
            "are fine too"
        ),
    ),
    OddFile(
        "cell_letter_O.csv",
        "score",
        {
            "says": ["hours", "1O.5"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 162.9, "sleep": 87.7, "absences": 63, "score": 754.2},
        },
        ("a typing error; that it is called missing must be said, words alone (then None) are fine too"),
    ),
    OddFile(
        "cell_1e400.csv",
        "score",
        {
            "says": ["hours", "1e400"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 177.1, "sleep": 80.9, "absences": 81, "score": 814.6},
        },
        (
            "beyond float64; not infinity; that it is called missing must be said, words alone (then "
            "None) are fine too"
        ),
    ),
    OddFile(
        "cell_inf.csv",
        "score",
        {
            "says": ["hours", "inf"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 159.6, "sleep": 83.3, "absences": 54, "score": 689.7},
        },
        (
            "infinity is no measurement; that it is called missing must be said, words alone (then "
            "None) are fine too"
        ),
    ),
    OddFile(
        "cell_less_than.csv",
        "score",
        {
            "says": ["hours", "<0.5"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 133.3, "sleep": 76.2, "absences": 52, "score": 678.4},
        },
        (
            "below the limit of detection: not 0.5; that it is called missing must be said, words "
            "alone (then None) are fine too"
        ),
    ),
    OddFile(
        "cell_range.csv",
        "score",
        {
            "says": ["hours", "10-15"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 152.2, "sleep": 90.5, "absences": 50, "score": 772.7},
        },
        (
            "a range; neither 10 nor -5; that it is called missing must be said, words alone (then "
            "None) are fine too"
        ),
    ),
    OddFile(
        "cell_two_points.csv",
        "score",
        {
            "says": ["hours", "1.234.5"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 144.3, "sleep": 84.5, "absences": 40, "score": 750.7},
        },
        (
            "no number in any country; that it is called missing must be said, words alone (then "
            "None) are fine too"
        ),
    ),
    OddFile(
        "cell_footnote.csv",
        "score",
        {
            "says": ["hours", "7.5*"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 186.7, "sleep": 97.9, "absences": 55, "score": 712.5},
        },
        (
            "a star leads to a footnote; 7.5, reported, would do; that it is called missing must be "
            "said, words alone (then None) are fine too"
        ),
    ),
    OddFile(
        "cell_date_by_excel.csv",
        "score",
        {
            "says": ["hours", "05. Jan"],
            "then": {"missing": "drop rows"},
            "features": ["hours", "sleep", "absences"],
            "rows": 12,
            "sums": {"hours": 193.1, "sleep": 79.2, "absences": 70, "score": 800.7},
        },
        (
            "Excel has made a date of 5.1; that it is called missing must be said, words alone (then "
            "None) are fine too"
        ),
    ),
    OddFile(
        "footer_total.csv",
        "sales",
        {
            "says": ["Total", "visits"],
            "then": {"missing": "drop rows"},
            "features": ["visits", "adverts", "staff"],
            "rows": 13,
            "sums": {"visits": 52463, "adverts": 536, "staff": 129, "sales": 319845},
        },
        "the row of totals is no data; words (delete the line) are fine too, keeping it is not",
    ),
    OddFile(
        "footer_total_in_a_text_column.csv",
        "sales",
        {"says": ["branch", "Total"], "then": {"categories": "dummies"}},
        "Total looks like a fourth branch: at least it is among the values that are shown",
    ),
    OddFile(
        "footer_source_line.csv",
        "sales",
        {
            "says": ["Source: Statistical Office", "13 of 14"],
            "then": {"missing": "drop rows"},
            "features": ["visits", "adverts", "staff"],
            "rows": 13,
            "sums": {"visits": 71539, "adverts": 531.7, "staff": 84, "sales": 265620},
        },
        ("one text cell behind a blank line is no data, like a title; an error that names it is fine too"),
    ),
    OddFile(
        "units_in_a_second_header_line.csv",
        "use",
        {
            "says": ["mass", "kg"],
            "then": {"missing": "drop rows"},
            "features": ["mass", "power", "engine"],
            "rows": 13,
            "sums": {"mass": 17046, "power": 1453, "engine": 25, "use": 131.8},
        },
        "skipping the line of units and reporting it is just as good",
    ),
    OddFile(
        "header_repeated_in_the_middle.csv",
        "use_l",
        {
            "says": ["mass_kg"],
            "then": {"missing": "drop rows"},
            "features": ["mass_kg", "power_kw", "engine_l"],
            "rows": 13,
            "sums": {"mass_kg": 19504, "power_kw": 1320, "engine_l": 33.4, "use_l": 114.4},
        },
        "two files put together; skipping the line and reporting it is just as good",
    ),
    # Everything at once, and odd sizes
    OddFile(
        "everything_at_once.csv",
        "price",
        {
            "says": ["id", "currency", "mass_g", "fuel", "3", "age", "-999", "power_kw"],
            "then": {"drop": ("id", "currency", "mass_g"), "missing": "drop rows", "categories": "dummies"},
            "features": ["mass_kg", "power_kw", "age", "fuel=hybrid", "fuel=petrol"],
            "rows": 15,
            "sums": {
                "mass_kg": 22973,
                "power_kw": 1920,
                "age": 99,
                "fuel=hybrid": 4,
                "fuel=petrol": 5,
                "price": 305733,
            },
        },
    ),
    OddFile(
        "hitters_like.csv",
        "Salary",
        {
            "says": ["Salary", "3", "League", "2"],
            "then": {"missing": "drop rows", "categories": "dummies"},
            "features": ["AtBat", "Hits", "Years", "League=N"],
            "rows": 13,
            "sums": {"AtBat": 6171, "Hits": 1201, "Years": 108, "League=N": 5, "Salary": 4732.5},
        },
    ),
    OddFile(
        "one_feature_only.csv",
        "weight",
        {"features": ["height"], "rows": 12, "sums": {"height": 2093.4, "weight": 847.6}},
    ),
    OddFile(
        "more_columns_than_rows.csv",
        "response",
        {
            "features": [
                "gene_0",
                "gene_1",
                "gene_2",
                "gene_3",
                "gene_4",
                "gene_5",
                "gene_6",
                "gene_7",
                "gene_8",
                "gene_9",
                "gene_10",
                "gene_11",
                "gene_12",
                "gene_13",
            ],
            "rows": 10,
            "sums": {
                "gene_0": 6.377,
                "gene_1": 6.643,
                "gene_2": 3.712,
                "gene_3": -0.145,
                "gene_4": 2.848,
                "gene_5": -6.563,
                "gene_6": 3.854,
                "gene_7": -2.63,
                "gene_8": -2.081,
                "gene_9": -1.273,
                "gene_10": 5.575,
                "gene_11": -4.867,
                "gene_12": 4.182,
                "gene_13": 4.125,
                "response": 5.3,
            },
        },
    ),
    OddFile("label_only.csv", "height", {"says": ["height"], "then": None}),
    OddFile("constant_label.csv", "score", {"says": ["score", "50"], "then": None}),
    OddFile("one_data_row.csv", "score", {"says": ["1"], "then": None}),
    OddFile("two_data_rows.csv", "score", {"says": ["2"], "then": None}),
    OddFile("header_only.csv", "score", {"says": [], "then": None}),
    OddFile("header_only_without_newline.csv", "score", {"says": [], "then": None}),
    OddFile(
        "line_with_a_cell_more.csv",
        "score",
        {"says": ["6", "5", "4"], "then": None},
        "line 6 has 5 cells, the header 4",
    ),
    OddFile(
        "decimal_comma_in_a_comma_file.csv",
        "score",
        {"says": ["2", "4"], "then": None},
        "line 2 has 7 cells, the header 4",
    ),
    OddFile(
        "quote_that_is_never_closed.csv",
        "score",
        {"says": ["5"], "then": None},
        (
            "line 5 opens a quote; reading the number and reporting it is fine, losing the rest of "
            "the file is not"
        ),
    ),
    OddFile(
        "nul_bytes_in_the_middle.csv",
        "score",
        {"says": [], "then": None},
        "a damaged file; skipping the line of NULs and reporting it is fine too",
    ),
    # No CSV file at all
    OddFile("excel_book.xlsx", "score", {"says": ["Excel"], "then": None}),
    OddFile("excel_book_named_csv.csv", "score", {"says": ["Excel"], "then": None}),
    OddFile("excel_old_named_csv.csv", "score", {"says": ["Excel"], "then": None}),
    OddFile("zip_with_a_csv.zip", "score", {"says": ["zip"], "then": None}),
    OddFile("html_page_named_csv.csv", "score", {"says": ["HTML"], "then": None}),
    OddFile("html_table_saved_as_xls.csv", "score", {"says": ["HTML"], "then": None}),
    OddFile("pdf_named_csv.csv", "score", {"says": ["PDF"], "then": None}),
    OddFile("parquet_named_csv.csv", "score", {"says": ["parquet"], "then": None}),
    OddFile(
        "spss_sav_named_csv.csv",
        "score",
        {"says": [], "then": None},
        "SPSS is not among the kinds promised, a refusal is",
    ),
    OddFile(
        "json_named_csv.csv",
        "score",
        {"says": [], "then": None},
        "JSON is not among the kinds promised, a refusal is",
    ),
    OddFile(
        "git_lfs_pointer.csv",
        "score",
        {"says": [], "then": None},
        "what GitHub's raw link gives for a large file",
    ),
    OddFile("empty.csv", "score", {"says": ["empty"], "then": None}),
    OddFile("only_blank_lines.csv", "score", {"says": ["empty"], "then": None}),
    OddFile("empty_after_a_bom.csv", "score", {"says": ["empty"], "then": None}),
]
