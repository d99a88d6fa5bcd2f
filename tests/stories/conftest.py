"""Every story is told as it is, and once without each of the coefficients it is about."""

import pytest
from linli.model.spec import Spec
from stories.register import must_fail_without


def pytest_generate_tests(metafunc):
    """One test for the story as it is, and one, marked `mutation`, for each coefficient."""
    names = getattr(metafunc.function, "neutral", {})
    if names:
        ways = [pytest.param(name, id=f"without {name}", marks=pytest.mark.mutation) for name in names]
        metafunc.parametrize("without", [pytest.param("", id="as it is"), *ways], indirect=True)


@pytest.fixture
def without(request):
    """Name of the coefficient that is neutralised; empty where none is."""
    return getattr(request, "param", "")


@pytest.fixture
def spec(without):
    """The specification a story starts from."""
    return Spec()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Without a coefficient a story has to fail; as it is, it is told like any test."""
    name = pyfuncitem.funcargs.get("without")
    if not name:
        return None
    given = {argument: pyfuncitem.funcargs[argument] for argument in pyfuncitem._fixtureinfo.argnames}
    must_fail_without(name, pyfuncitem.function.neutral[name], lambda: pyfuncitem.obj(**given))
    return True
