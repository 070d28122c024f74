"""A business named after a place is not the place."""

from __future__ import annotations

import pytest
from reading_kit import reader, report

READER = reader()


def named(text: str, language: str) -> list[str]:
    return [one.text for one in READER.read(report(text, language)).toponyms]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen robbed the bakery La Flor de La Pastora and shot its owner."),
        ("en", "A clerk at Farmacia El Valle was wounded."),
        ("es", "Dispararon contra el restaurante Los Amigos de La Vega."),
        ("es", "Hubo tiros en el hotel El Cementerio."),
    ],
)
def test_the_name_of_a_business_is_no_place(language, text):
    assert named(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Shots were fired at a bar in La Pastora.", "La Pastora"),
        ("es", "Dispararon contra una panadería de La Vega.", "La Vega"),
        ("es", "A diario La Vega vive entre balas.", "La Vega"),
        ("es", "Robaron la tienda y huyeron. La Vega sigue cerrada.", "La Vega"),
    ],
)
def test_where_a_business_is_is_a_place(language, text, place):
    assert named(text, language) == [place]
