"""Those who are told of with one person more are counted with that one."""

import pytest
from test_quantities import read


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [
        ("en", "His widow and four relatives left Campo Rico.", 5),
        ("en", "My husband, the two girls and I left Petare.", 4),
        ("en", "A mechanic drove his mother and three children to Catia.", 5),
        ("en", "A woman and her two daughters fled to Catia.", 3),
        ("en", "Two women and three children fled to Catia.", 5),
        ("en", "She and thirteen other families were taken out of Petare.", 14),
        ("en", "Rosa and her three children left Petare.", 4),
        ("es", "Una vecina con sus dos muchachitos bajó a Quinta Crespo.", 3),
        ("es", "Ella y sus dos niñas abandonaron La Acequia.", 3),
        ("es", "Su viuda y cuatro parientes se fueron de Campo Rico.", 5),
        ("es", "Un mecánico llevó a su madre y tres niños a Los Teques.", 5),
    ],
)
def test_who_is_told_of_with_others_is_one_of_them(language, text, people):
    assert [one.value.best for one in read(text, language)] == [people]


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [
        ("en", "The mayor spoke. Two officers came.", [2]),
        ("en", "A woman left her house with two suitcases.", []),
        ("es", "Mataron a una mujer y a dos niños.", [1, 2]),
    ],
)
def test_others_stay_what_they_are(language, text, people):
    assert [one.value.best for one in read(text, language)] == people
