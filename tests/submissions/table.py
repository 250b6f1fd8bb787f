"""Files that learners might hand in, what the grader must say of each, and a word that its message must hold."""

from dataclasses import dataclass, field

from cvdrill.model import Outcome

PASSED, FAILED, ERROR, TIMEOUT = Outcome.PASSED, Outcome.FAILED, Outcome.ERROR, Outcome.TIMEOUT
CRASHED, MEMORY, OUTPUT, INVALID = Outcome.CRASHED, Outcome.MEMORY, Outcome.OUTPUT, Outcome.INVALID


@dataclass(frozen=True)
class Submission:
    """One file; `word` is looked for in the messages, details and output of the verdict and its first bad case."""

    name: str
    source: str | bytes = field(repr=False)
    outcome: Outcome
    word: str = ""
    drill: str = "double"


def body(*lines: str, result: str = "2 * x", top: str = "") -> str:
    """Return a file whose function runs some lines first."""
    inner = "".join(f"    {line}\n" for line in lines)
    return f"import numpy as np\n{top}\n\ndef double(x):\n{inner}    return {result}\n"


RIGHT = body()

EXITS = [
    Submission("sys.exit at import", "import sys\nsys.exit(0)\n" + RIGHT, INVALID, "SystemExit"),
    Submission("sys.exit in the call", body("import sys; sys.exit(0)"), ERROR, "SystemExit"),
    Submission("os._exit at import", "import os\nos._exit(0)\n" + RIGHT, CRASHED, "exit code 0"),
    Submission("os._exit in the call", body("import os; os._exit(0)"), CRASHED, "exit code 0"),
    Submission("KeyboardInterrupt", body("raise KeyboardInterrupt"), ERROR, "KeyboardInterrupt"),
    Submission("BaseException", body("raise BaseException('mine')"), ERROR, "mine"),
    Submission(
        "an exception that cannot be shown",
        body("raise Bad", top="class Bad(BaseException):\n    def __str__(self): raise self\n"),
        ERROR,
        "cannot be shown",
    ),
    Submission("endless recursion", body(result="double(x)"), ERROR, "RecursionError"),
    Submission("atexit output", body(top="import atexit; atexit.register(print, 'bye')"), PASSED),
    Submission("a segfault", body("import ctypes; ctypes.string_at(0)"), CRASHED, "SIGSEGV"),
    Submission("a segfault at import", "import ctypes; ctypes.string_at(0)\n" + RIGHT, CRASHED, "SIGSEGV"),
    Submission("abort", body("import os; os.abort()"), CRASHED, "SIGABRT"),
    Submission("kills itself", body("import os; os.kill(os.getpid(), 9)"), CRASHED, "SIGKILL"),
    Submission("kills the grader", body("import os; os.kill(os.getppid(), 9)"), ERROR, "signal"),
    Submission("closes all descriptors", body("import os; os.closerange(0, 200)"), CRASHED),
]

HANGS = [
    Submission("busy loop", body("while True: pass"), TIMEOUT, "loop"),
    Submission("busy loop at import", "while True: pass\n" + RIGHT, TIMEOUT, "loaded"),
    Submission("one case hangs", body("while len(x) == 1: pass"), TIMEOUT, "loop"),
    Submission("a long call of C", body("sum(range(10**12))"), TIMEOUT, "time limit"),
    Submission("sleep", body("import time; time.sleep(1000)"), TIMEOUT, "time limit"),
    Submission(
        "ignores every signal",
        body(
            "import signal, time",
            "for n in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(n, signal.SIG_IGN)",
            "while True: time.sleep(1)",
        ),
        TIMEOUT,
        "time limit",
    ),
    Submission("input", body("input('number? ')"), ERROR, "EOFError"),
    Submission("input at import", "n = input('number? ')\n" + RIGHT, INVALID, "EOFError"),
    Submission(
        "a lock that is never released",
        body("lock.acquire()", top="import threading; lock = threading.Lock(); lock.acquire()"),
        TIMEOUT,
        "time limit",
    ),
    Submission("swallows everything and goes on", body(
        "while True:", "    try:", "        while True: pass", "    except BaseException: pass"), TIMEOUT, "loop"),
]  # fmt: skip

MEMORY_AND_OUTPUT = [
    Submission("one giant array", body("np.ones(10**11)"), MEMORY, "memory"),
    Submission("one giant list", body("[0] * 10**12"), MEMORY, "memory"),
    Submission(
        "a slow leak", body("kept = []", "while True: kept.append(bytearray(10**7))"), MEMORY, "memory"
    ),
    Submission("endless print", body("while True: print('x' * 1000)"), OUTPUT, "printed"),
    Submission("endless write", body("import os", "while True: os.write(2, b'x' * 1000)"), OUTPUT, "printed"),
    Submission("endless print at import", "while True: print('x' * 1000)\n" + RIGHT, OUTPUT, "printed"),
    Submission("a huge exception", body("raise ValueError('ha' * 10**7)"), ERROR, "haha"),
    Submission("invalid UTF-8", body("import os; os.write(1, b'caf\\xe9')", result="x"), FAILED, "caf\\xe9"),
    Submission(
        "terminal escapes", body(r"print('\x1b]0;title\x07\x1b[2J')", result="x"), FAILED, r"\x1b]0;title\x07"
    ),
    Submission("escapes in an exception", body(r"raise ValueError('\x1b[31mred')"), ERROR, r"\x1b[31mred"),
    Submission("reversed text", body(r"print('\u202egnihsup')", result="x"), FAILED, r"\u202e"),
    Submission(
        "a result too large to send", body(result="np.broadcast_to(0.0, (10**6, 10**6))"), ERROR, "MiB"
    ),
]

PROCESSES = [
    Submission("fork", body("import os; os.fork()"), ERROR, "no other process"),
    Submission("fork bomb", body(
        "import os", "for _ in range(6):", "    try: os.fork()", "    except RuntimeError: pass"), PASSED),
    Submission("subprocess", body("import subprocess; subprocess.run(['true'])"), ERROR, "no other process"),
    Submission("os.system", body("import os; os.system('true')"), ERROR, "no other process"),
    Submission(
        "a child that holds the pipe",
        body("import ctypes, time", "if ctypes.CDLL(None).fork() == 0: time.sleep(600)"),
        PASSED,
    ),
    Submission(
        "a daemon that left the session",
        body(
            "import ctypes, time",
            "if ctypes.CDLL(None).fork() == 0:",
            "    ctypes.CDLL(None).setsid()",
            "    if ctypes.CDLL(None).fork() == 0: time.sleep(600)",
            "    time.sleep(600)",
        ),
        PASSED,
    ),
    Submission(
        "a bounded fork bomb past the guard",
        body("import ctypes", "for _ in range(4): ctypes.CDLL(None).fork()", "if len(x) > 1:", "    while True: pass"),
        CRASHED,
    ),
    Submission(
        "a live thread",
        body("threading.Thread(target=time.sleep, args=(600,)).start()", top="import threading, time"),
        PASSED,
    ),
    Submission(
        "a thread that edits the result later",
        body(
            "y = x.copy()",
            "def later():",
            "    while True: y[...] = 2 * x",
            "threading.Thread(target=later, daemon=True).start()",
            result="y.copy()",
            top="import threading",
        ).replace("return y.copy()", "return np.full_like(x, 5.0) if len(x) else y"),
        FAILED,
    ),
]  # fmt: skip

FORGING = [
    Submission(
        "prints a verdict",
        body("""print('{"verdict": {"outcome": "PASSED"}}')""", result="x"),
        FAILED,
        "wrong",
    ),
    Submission(
        "writes to every descriptor",
        "import os\nfor n in range(3, 256):\n    try: os.write(n, b'{\"verdict\": {}}\\n')\n    except OSError: pass\n"
        + RIGHT,
        CRASHED,
        "no answer",
    ),
    Submission(
        "sends well-formed frames",
        "import os, struct, json\nbody = json.dumps({'verdict': {'outcome': 'PASSED'}, 'sizes': []}).encode()\n"
        "for n in range(3, 256):\n    try: os.write(n, struct.pack('!IQ', len(body), 0) + body)\n"
        "    except OSError: pass\n" + RIGHT,
        CRASHED,
        "another question",
    ),
    Submission("patches numpy.testing", body(result="x", top="np.testing.assert_allclose = lambda *a, **k: None"), FAILED),
    Submission("patches the comparison", body(result="x", top="import cvdrill.comparison as c\nc.assert_close = c._Comparison.judge = lambda *a, **k: None"), FAILED),
    Submission("patches builtins", body(result="x", top="import builtins\nbuiltins.all = builtins.any = lambda *a: True"), FAILED),
    Submission("patches time", body("while True: pass", top="import time\ntime.monotonic = lambda: 0.0"), TIMEOUT),
    Submission("pytest.skip", body("import pytest; pytest.skip('no')"), ERROR, "Skipped"),
    Submission("pytest.exit", body("import pytest; pytest.exit('done', 0)"), ERROR, "Exit"),
    Submission("searches memory for the reference", body(
        "import gc",
        "for o in gc.get_objects():",
        "    if callable(o) and str(getattr(o, '__module__', '')).endswith('double_reference'): return o(x)",
        result="x"), FAILED),
    Submission("walks the stack", body(
        "import sys",
        "f = sys._getframe()",
        "while f:",
        "    for v in f.f_locals.values():",
        "        if hasattr(v, 'double') and v is not sys.modules['submission']: return v.double(x)",
        "    f = f.f_back",
        result="x"), FAILED),
    Submission("imports the solutions", (
        "import pathlib, importlib.util\n"
        "path = next(pathlib.Path(PACK).glob('solutions/demo/double/reference.py'))\n"
        "spec = importlib.util.spec_from_file_location('r', path)\n"
        "module = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(module)\ndouble = module.double\n"
    ), INVALID, "solutions"),
    Submission("reads the solutions", "source = open(PACK + '/solutions/demo/double/reference.py').read()\nexec(source)\n", INVALID, "solutions"),
    Submission("reads the solutions under another name", (
        "import os\nos.link(PACK + '/solutions/demo/double/reference.py', 'here')\nexec(open('here').read())\n"
    ), INVALID, "solutions"),
    Submission("reads the judge's memory", body("import os", "open(f'/proc/{os.getppid()}/maps').read()"), ERROR, "no other process"),
    Submission("reads the solutions by a link", (
        "import os\nos.symlink(PACK + '/solutions', 'here')\nexec(open('here/demo/double/reference.py').read())\n"
    ), INVALID, "solutions"),
    Submission("always equal", body(result="Same()", top="class Same:\n    __eq__ = lambda *a: True\n    __len__ = lambda *a: 3"), FAILED, "Same"),
    Submission("an array subclass", body(result="(2 * x).view(Mine)", top="class Mine(np.ndarray): pass"), FAILED, "Mine"),
    Submission("a hostile __array__", body(result="Bad()", top="class Bad:\n    def __array__(self, *a, **k): return np.full(3, 1e9)"), FAILED, "Bad"),
    Submission("a hostile __reduce__", body(result="Bad()", top="class Bad:\n    def __reduce__(self): return (exit, (0,))"), FAILED, "Bad"),
    Submission("a hostile __repr__", body(result="Bad()", top="class Bad:\n    def __repr__(self): raise SystemExit"), FAILED, "Bad"),
    Submission("a hostile class name", body(result="type('\\x1b[2J', (), {})()"), FAILED, r"\x1b[2J"),
    Submission("hard-coded outputs", body(
        "if x.shape == (3,): return np.array([2.0, 4.0, 6.0])", "if x.shape == (1,): return np.array([14.0])",
        result="np.zeros_like(x)"), FAILED, "wrong"),
]  # fmt: skip

VALUES = [
    Submission("changes its input", body("x *= 2", result="x"), FAILED, "`x`"),
    Submission("changes its input and raises", body("x += 1", "raise ValueError"), ERROR, "`x`"),
    Submission("reshapes its input in place", body("y = 2 * x", "x.shape = x.shape + (1,)", result="y"), FAILED, "`x`"),
    Submission("NaN", body(result="x * np.nan"), FAILED, "NaN"),
    Submission("inf", body(result="x + np.inf"), FAILED, "finite"),
    Submission("integers for floats", body(result="(2 * x).astype(int)"), FAILED, "dtype"),
    Submission("complex for floats", body(result="2 * x + 0j"), FAILED, "dtype"),
    Submission("a column for a vector", body(result="(2 * x)[:, None]"), FAILED, "shape"),
    Submission("a scalar for an array", body(result="float((2 * x).sum())"), FAILED, "numpy array"),
    Submission("a 0-d array", body(result="(2 * x).sum(keepdims=False)[()]"), FAILED, "numpy array"),
    Submission("an empty array", body(result="x[:0]"), FAILED, "shape"),
    Submission("a list", body(result="(2 * x).tolist()"), FAILED, "list"),
    Submission("None", body(result="None"), FAILED, "None"),
    Submission("a generator", body(result="(2 * v for v in x)"), FAILED, "generator"),
    Submission("an object array", body(result="(2 * x).astype(object)"), FAILED, "object"),
    Submission("a masked array", body(result="np.ma.masked_array(2 * x)"), FAILED, "MaskedArray"),
    Submission("a matrix", body(result="np.matrix(2 * x)"), FAILED, "matrix"),
    Submission("a list that holds itself", body("y = []", "y.append(y)", result="y"), ERROR, "nested"),
    Submission("a strided result", body(result="np.repeat(2 * x, 2, axis=0)[::2]"), PASSED),
    Submission("a reversed view", body(result="(2 * x)[::-1][::-1]"), PASSED),
    Submission("float32", body(result="(2 * x).astype(np.float32)"), PASSED),
    Submission("longer floats", body(result="(2 * x).astype(np.longdouble)"), FAILED),
    Submission("an unsent reply", body("raise StopIteration"), ERROR, "StopIteration"),
    Submission("no graph", "def square(x, y):\n    return (x * x * y).detach()\n", FAILED, "graph", "square"),
    Submission("an array for a tensor", "def square(x, y):\n    return (x * x * y).detach().numpy()\n", FAILED, "tensor", "square"),
    Submission("a sparse tensor", "def square(x, y):\n    return (x * x * y).to_sparse()\n", FAILED, "sparse", "square"),
    Submission("a meta tensor", "def square(x, y):\n    return (x * x * y).to('meta')\n", FAILED, "meta", "square"),
    Submission("another float width", "def square(x, y):\n    return (x * x * y).double().float()\n", FAILED, "float64", "square"),
    Submission("a tensor subclass", "import torch\nclass Mine(torch.Tensor): pass\ndef square(x, y):\n    return (x * x * y).as_subclass(Mine)\n", FAILED, "Mine", "square"),
    Submission("a wrong gradient", "def square(x, y):\n    return x * x.detach() * y\n", FAILED, "gradient", "square"),
    Submission("a strided tensor", "import torch\ndef square(x, y):\n    return torch.repeat_interleave(x * x * y, 2, -1)[..., ::2]\n", PASSED, "", "square"),
]  # fmt: skip

STATE = [
    Submission("np.seterr", body(top="np.seterr(all='raise')"), PASSED),
    Submission("warnings as errors", body(top="import warnings; warnings.simplefilter('error')"), PASSED),
    Submission("reseeds", body("np.random.seed(0)", "import random; random.seed(0)"), PASSED),
    Submission("leaves the folder", body("import os; os.chdir('/')"), PASSED),
    Submission("empties the environment", body("import os; os.environ.clear()"), PASSED),
    Submission("leaves files", body("open('left', 'w').write('x'); import os; os.makedirs('d', exist_ok=True); os.chmod('d', 0)"), PASSED),
    Submission("closes stdout", body("import sys; sys.stdout.close()"), PASSED),
    Submission("replaces stdout", body("import sys; sys.stdout = None"), PASSED),
    Submission("an answer that depends on earlier calls", body("calls.append(0)", result="2 * x if len(calls) < 3 else x", top="calls = []"), FAILED),
    Submission("an answer that wears out", body("calls.append(x.size)", result="x if calls.count(3) > 1 else 2 * x", top="calls = []"), FAILED, "remembers"),
    Submission("grad mode", "import torch\ntorch.set_grad_enabled(False)\ndef square(x, y):\n    return x * x * y\n", FAILED, "graph", "square"),
    Submission("default dtype", "import torch\ntorch.set_default_dtype(torch.float64)\ndef square(x, y):\n    return x * x * y\n", PASSED, "", "square"),
    Submission("thread count", "import torch\ntorch.set_num_threads(2)\ndef square(x, y):\n    return x * x * y\n", PASSED, "", "square"),
]  # fmt: skip

FILES = [
    Submission("a syntax error", "def double(x:\n    return 2\n", INVALID, "line 1"),
    Submission("return at the top", "return 1\n", INVALID, "'return' outside function"),
    Submission("tabs and spaces", "def double(x):\n\tif 1:\n        return 1\n\treturn 2\n", INVALID, "TabError"),
    Submission("BOM and CRLF", b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode(), PASSED),
    Submission("another declared encoding", b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + RIGHT.encode(), PASSED),
    Submission("bad UTF-8", b"name = 'caf\xe9'\n" + RIGHT.encode(), INVALID, "UTF-8"),
    Submission("NUL", b"\0" + RIGHT.encode(), INVALID, "NUL"),
    Submission("over 1 MB", "#" * 1_000_001, INVALID, "bytes"),
    Submission("binary", bytes(range(1, 256)) * 10, INVALID, "UTF-8"),
    Submission("too deep to parse", "x = " + "-" * 200_000 + "1\n" + RIGHT, INVALID, "parse"),
    Submission("too many brackets", "x = " + "(" * 5000 + ")" * 5000 + "\n", INVALID, "parentheses"),
    Submission("empty", "", INVALID, "`double` is missing"),
    Submission("another name", RIGHT.replace("double", "duoble"), INVALID, "duoble"),
    Submission("not callable", "double = 2\n", INVALID, "should be a function"),
    Submission("a wrong signature", "def double(): return 1\n", ERROR, "positional argument"),
    Submission("imports itself", "from double import double\n", INVALID, "double"),
    Submission("a relative import", "from . import double\n", INVALID, "ImportError"),
    Submission("a missing package", "import nosuchpackage\n" + RIGHT, INVALID, "nosuchpackage"),
    Submission("raises at import", "import numpy\n1 / 0\n" + RIGHT, INVALID, "line 2"),
    Submission("a main guard", RIGHT + "\nif __name__ == '__main__':\n    1 / 0\n", PASSED),
    Submission("a function for a class", "def Scale(size): return lambda x: x\n", INVALID, "should be a class", "scale"),
    Submission("a class as a function", "class double:\n    def __new__(cls, x): return 2 * x\n", PASSED),
    Submission("half a drill", "def double(x):\n    if len(x) == 1: raise NotImplementedError\n    return 2 * x\n", ERROR, "not written yet"),
]  # fmt: skip

BANNED = [
    Submission("by its name", body(result="np.add(x, x)"), ERROR, "Write `2 * x`."),
    Submission("by another name", body(result="add(x, x)", top="from numpy import add"), ERROR, "numpy.add"),
    Submission("by getattr", body(result="getattr(np, 'a' + 'dd')(x, x)"), ERROR, "numpy.add"),
    Submission("in a submodule", body(result="np.matlib.add(x, x)", top="import numpy._core as core\nnp.matlib = core"), ERROR, "numpy.add"),
    Submission("caught and used nevertheless", body("try: np.add(x, x)", "except Exception: pass"), ERROR, "numpy.add"),
    Submission("in a library that is not loaded", body("from scipy.special import softmax", "softmax(x)"), ERROR, "scipy.special.softmax"),
    Submission("imported and not called", body(top="from numpy import add"), PASSED),
    Submission("an own function of that name", body(result="add(x, x)", top="def add(a, b): return a + b"), PASSED),
    Submission("a method of tensors", "def square(x, y): return x.square() * y\n", ERROR, "torch.Tensor.square", "square"),
    Submission("torch's function", "import torch\ndef square(x, y): return torch.square(x) * y\n", ERROR, "torch.square", "square"),
    Submission("torch's private twin", "import torch\ndef square(x, y): return torch._C._VariableFunctions.square(x) * y\n", ERROR, "Multiply.", "square"),
    Submission("a method of the base class", "import torch\ndef square(x, y): return torch._C.TensorBase.square(x) * y\n", ERROR, "Multiply.", "square"),
    Submission("an operator's overload", "import torch\ndef square(x, y): return torch.ops.aten.square.default(x) * y\n", ERROR, "Multiply.", "square"),
    Submission("a partial made at import", "import torch, functools\nf = functools.partial(torch.square)\ndef square(x, y): return f(x) * y\n", ERROR, "Multiply.", "square"),
    Submission("a method of a ufunc", body(result="np.add.reduce([x, x])"), ERROR, "numpy.add"),
    Submission("multiplying", "def square(x, y): return x.pow(2).mul(y)\n", PASSED, "", "square"),
    Submission("a module of torch", "from torch import nn\nc = nn.Conv2d(1, 1, 1)\ndef square(x, y): return c(x[None]) * y\n", ERROR, "Conv2d", "square"),
]  # fmt: skip

SUBMISSIONS = [
    Submission("the right answer", RIGHT, PASSED),
    *EXITS,
    *HANGS,
    *MEMORY_AND_OUTPUT,
    *PROCESSES,
    *FORGING,
    *VALUES,
    *STATE,
    *FILES,
    *BANNED,
]
