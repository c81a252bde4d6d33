"""A class on one machine: a real JupyterHub with its proxy, a Unix user and a server for each student.

    python deploy/classroom.py [--students 12]

Needs `pip install jupyterhub==6.1.1 psutil`, `npm install configurable-http-proxy`, and root, for the users
it makes and removes. All log in, open 04 and Run All at once. Printed: memory and CPU of each student's
server and kernel, the time to the first slider, what a student gets who reaches for another's files, and what
the others notice of a killed kernel.
"""

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/browser"))
import lab

PASSWORD = "a room of one's own"
CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {port} + 1
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{port_of_proxy}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [{python!r}, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"]
c.Spawner.default_url = "/lab"
c.Spawner.environment = {{"OMP_NUM_THREADS": "1"}}
c.Spawner.start_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 20
c.JupyterHub.cleanup_servers = True
"""


@contextlib.contextmanager
def users(names):
    """Unix users with 04 in their homes, removed at the end."""
    for name in names:
        subprocess.run(["useradd", "--create-home", name], check=True)
        home = Path(pwd.getpwnam(name).pw_dir)
        home.chmod(0o700)
        shutil.copy(lab.NOTEBOOKS / "04_autograd_lasso.ipynb", home)
        shutil.chown(home / "04_autograd_lasso.ipynb", name)
    try:
        imports = "import jupyterhub.singleuser.app, lasso_helpers"
        command = ["runuser", "-u", names[0], "--", sys.executable, "-c", imports]
        if subprocess.run(command, cwd="/").returncode:
            raise SystemExit(f"{sys.executable} must be one that every user may run, not only root")
        yield
    finally:
        for name in names:
            subprocess.run(["pkill", "-9", "-u", name])
            subprocess.run(["userdel", "--remove", "--force", name], stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def hub(folder, proxy):
    """A running hub -> its address."""
    port = lab.free_port()
    config = CONFIG.format(
        port=port, port_of_proxy=lab.free_port(), proxy=proxy, password=PASSWORD, python=sys.executable
    )
    (folder / "config.py").write_text(config)
    with open(folder / "hub.log", "w") as log:
        command = [sys.executable, "-m", "jupyterhub", "-f", str(folder / "config.py")]
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            lab._wait_for(f"http://127.0.0.1:{port}/hub/api", folder / "hub.log")
            yield f"http://127.0.0.1:{port}"
        except Exception:
            print((folder / "hub.log").read_text()[-4000:])
            raise
        finally:
            server.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=60)
            server.kill()


def log_in(browser, address, name):
    """A page of a browser of its own, logged in, its server started."""
    page = browser.new_context(viewport=lab.SCREEN).new_page()
    page.goto(f"{address}/hub/login")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("#login_submit")
    return page


def processes(name):
    """A student's processes: the server, then the kernels."""
    found = [process for process in psutil.process_iter() if process.username() == name]
    kernels = [process for process in found if "ipykernel_launcher" in " ".join(process.cmdline())]
    return [process for process in found if process not in kernels], kernels


def megabytes(group, kind):
    return sum(getattr(process.memory_full_info(), kind) for process in group) / 2**20


def cpu_seconds(name):
    return sum(sum(process.cpu_times()[:2]) for group in processes(name) for process in group)


def spread(numbers):
    return f"median {statistics.median(numbers):6.1f}, largest {max(numbers):6.1f}"


def status(page, url, headers=None):
    """What a page's own login gets at a URL, without following redirects."""
    return page.request.get(url, headers=headers or {}, max_redirects=0).status


def run(address, names, browser):
    start = time.perf_counter()
    pages = [log_in(browser, address, name) for name in names]
    for name, page in zip(names, pages):
        page.wait_for_url(f"**/user/{name}/lab**", timeout=120_000)
    print(f"{len(names)} logged in and started: {time.perf_counter() - start:.0f} s")
    for name, page in zip(names, pages):
        lab.open_notebook(page, f"{address}/user/{name}", "04_autograd_lasso.ipynb")
    idle = {name: cpu_seconds(name) for name in names}

    start = time.perf_counter()
    for page in pages:
        lab.menu(page, "Run", "Run All Cells")
    for page in pages:
        page.wait_for_selector(".live-figure-picture", timeout=300_000)
        page.first_slider = time.perf_counter() - start
    for page in pages:
        page.wait_for_function(rf"({lab.PROMPTS}).every(prompt => /\d/.test(prompt))", timeout=300_000)
        page.all_run = time.perf_counter() - start
    print(f"first slider after Run All, s:   {spread([page.first_slider for page in pages])}")
    print(f"all cells run, s:                {spread([page.all_run for page in pages])}")
    print(f"CPU of one Run All, s:           {spread([cpu_seconds(name) - idle[name] for name in names])}")
    for kind in ("pss", "rss"):
        parts = [[megabytes(group, kind) for group in processes(name)] for name in names]
        print(f"{kind.upper()} of a server, MB:             {spread([server for server, _ in parts])}")
        print(f"{kind.upper()} of a kernel, MB:             {spread([kernel for _, kernel in parts])}")
    isolation(address, names, pages)
    killed_kernel(names, pages)


def isolation(address, names, pages):
    """What the first student gets of the second one's."""
    others = f"{address}/user/{names[1]}/api/contents/04_autograd_lasso.ipynb"
    own = others.replace(names[1], names[0])
    print(f"own notebook, by own login: {status(pages[0], own)}")
    print(f"another's notebook, by own login: {status(pages[0], others)}")
    asking = pages[0].context.new_page()
    asking.goto(f"{address}/hub/token")
    asking.click("#request-token-form button[type=submit]")
    made = "document.querySelector('#token-result')?.textContent.trim()"
    asking.wait_for_function(f"() => ({made} ?? '').length > 20", timeout=20_000)
    token = asking.evaluate(made)
    stranger = pages[0].context.browser.new_context().new_page()
    by_token = {"Authorization": f"token {token}"}
    print(f"own notebook, by own token: {status(stranger, own, by_token)}")
    print(f"another's notebook, by own token: {status(stranger, others, by_token)}")
    print(f"another's notebook, by no token: {status(stranger, others)}")
    folder = pwd.getpwnam(names[1]).pw_dir
    reads = subprocess.run(["runuser", "-u", names[0], "--", "ls", folder], capture_output=True, text=True)
    print(f"another's home, from a shell: {reads.stderr.strip().rsplit(': ', 1)[-1] or reads.stdout}")


def killed_kernel(names, pages):
    """The first student's kernel is killed: do the others' run on?"""
    _, (kernel, *_) = processes(names[0])
    others = [kernel.pid for name in names[1:] for kernel in processes(name)[1]]
    os.kill(kernel.pid, signal.SIGKILL)
    restarting = pages[0].locator(".jp-Dialog", has_text="Kernel Restarting")
    restarting.get_by_role("button").last.click()  # until then it has the keys
    print(f"a kernel killed: {sum(map(psutil.pid_exists, others))} of {len(others)} others are alive")
    moved = []
    for page in pages:
        explorer = lab.Explorer(page, 0)
        before = explorer.sentence()
        explorer.press("ArrowRight", "ArrowRight")
        moved.append(explorer.sentence() != before)
    killed = "too" if moved[0] else "NOT"
    print(f"sliders that still move: {sum(moved)} of {len(moved)}, the killed one's {killed}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=12)
    parser.add_argument("--proxy", default=shutil.which("configurable-http-proxy"))
    arguments = parser.parse_args()
    students = [f"lasso-student-{k:02}" for k in range(1, arguments.students + 1)]
    with (
        tempfile.TemporaryDirectory() as folder,
        users(students),
        lab.chromium() as chromium,
        hub(Path(folder), arguments.proxy) as address,
    ):
        run(address, students, chromium)
