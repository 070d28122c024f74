"""The arguments and options of the verbs, each declared once; help texts are message codes."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = [
    "AddIncident",
    "AddMovement",
    "Area",
    "AsOf",
    "By",
    "Columns",
    "DifferentFrom",
    "Earlier",
    "Embed",
    "Errors",
    "Export",
    "FigureFormat",
    "FigureSize",
    "File",
    "Files",
    "Formats",
    "Gold",
    "Gunfire",
    "Households",
    "InReport",
    "Injured",
    "IsPlace",
    "IsRejected",
    "IsReviewed",
    "Json",
    "JudgementsFile",
    "Killed",
    "Language",
    "Level",
    "LogFile",
    "MovedTo",
    "Name",
    "NoPlace",
    "NoStore",
    "One",
    "Online",
    "Only",
    "OnlyReviewed",
    "Out",
    "Outlet",
    "People",
    "Port",
    "Private",
    "Published",
    "Quote",
    "Reason",
    "Reports",
    "Safety",
    "SameAs",
    "Serve",
    "Since",
    "StoreFile",
    "Theme",
    "Title",
    "Url",
    "Verbose",
    "Version",
    "What",
    "When",
    "Windows",
    "Without",
]

Reports = Annotated[list[str] | None, typer.Argument(metavar="REPORT|FOLDER|-", help="help-reports")]
Gold = Annotated[str, typer.Argument(metavar="GOLD_DIR", help="help-gold")]
Files = Annotated[list[str], typer.Argument(metavar="FILE", help="help-files")]
File = Annotated[str, typer.Argument(metavar="FILE", help="help-file")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="help-name")]
Area = Annotated[str | None, typer.Option("--area", metavar="AREA", help="help-area")]
Out = Annotated[str | None, typer.Option("--out", metavar="FOLDER", help="help-out")]
Level = Annotated[str | None, typer.Option("--disclosure", metavar="LEVEL", help="help-disclosure")]
Published = Annotated[str | None, typer.Option("--published", metavar="YYYY-MM-DD", help="help-published")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="help-outlet")]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="help-url")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="help-title")]
Language = Annotated[str | None, typer.Option("--language", metavar="en|es", help="help-language")]
Columns = Annotated[str | None, typer.Option("--columns", metavar="FIELD=COLUMN,…", help="help-columns")]
Online = Annotated[bool, typer.Option("--online", help="help-online")]
Embed = Annotated[bool, typer.Option("--embed", help="help-embed")]
Errors = Annotated[bool, typer.Option("--errors", help="help-errors")]
Json = Annotated[bool, typer.Option("--json", help="help-json")]
Only = Annotated[str | None, typer.Option("--only", metavar="FILE", help="help-only")]
Without = Annotated[str | None, typer.Option("--without", metavar="FILE", help="help-without")]
StoreFile = Annotated[str | None, typer.Option("--store", metavar="FILE", help="help-store")]
NoStore = Annotated[bool, typer.Option("--no-store", help="help-no-store")]
Serve = Annotated[bool, typer.Option("--serve", help="help-serve")]
Port = Annotated[int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="help-port")]
One = Annotated[str, typer.Argument(metavar="REPORT", help="help-report")]
Safety = Annotated[bool, typer.Option("--safety", help="help-safety")]
Earlier = Annotated[int | None, typer.Argument(metavar="BUILD", help="help-earlier", min=1)]
What = Annotated[str, typer.Argument(metavar="RECORD|NAME|PLACES", help="help-what")]
SameAs = Annotated[str | None, typer.Option("--same-as", metavar="RECORD", help="help-same-as")]
DifferentFrom = Annotated[str | None, typer.Option("--different-from", metavar="RECORD", help="help-different-from")]
AddIncident = Annotated[str | None, typer.Option("--incident", metavar="KIND", help="help-add-incident")]
AddMovement = Annotated[
    str | None, typer.Option("--movement", metavar="displacement|evacuation|return", help="help-add-movement")
]
MovedTo = Annotated[str | None, typer.Option("--to", metavar="PLACES", help="help-moved-to")]
When = Annotated[str | None, typer.Option("--date", metavar="DATE", help="help-when")]
Quote = Annotated[str | None, typer.Option("--quote", metavar="TEXT", help="help-quote")]
Private = Annotated[bool, typer.Option("--private", help="help-private")]
Gunfire = Annotated[bool, typer.Option("--gunfire", help="help-gunfire")]
IsReviewed = Annotated[bool, typer.Option("--reviewed", help="help-is-reviewed")]
IsRejected = Annotated[bool, typer.Option("--rejected", help="help-is-rejected")]
Killed = Annotated[int | None, typer.Option("--killed", metavar="NUMBER", min=0, help="help-killed")]
Injured = Annotated[int | None, typer.Option("--injured", metavar="NUMBER", min=0, help="help-injured")]
People = Annotated[int | None, typer.Option("--people", metavar="NUMBER", min=0, help="help-people")]
Households = Annotated[int | None, typer.Option("--households", metavar="NUMBER", min=0, help="help-households")]
IsPlace = Annotated[str | None, typer.Option("--place", metavar="ID", help="help-is-place")]
NoPlace = Annotated[bool, typer.Option("--not-a-place", help="help-no-place")]
InReport = Annotated[str | None, typer.Option("--report", metavar="REPORT", help="help-in-report")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="help-reason")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="help-by")]
JudgementsFile = Annotated[str | None, typer.Option("--judgements", metavar="FILE", help="help-judgements")]
OnlyReviewed = Annotated[bool, typer.Option("--only-reviewed", help="help-only-reviewed")]
Since = Annotated[int | None, typer.Option("--since", metavar="BUILD", help="help-since")]
LogFile = Annotated[str | None, typer.Option("--log-file", metavar="FILE", help="help-log-file")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="help-verbose")]
Version = Annotated[bool, typer.Option("--version", help="help-version")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="help-as-of")]
Export = Annotated[list[str] | None, typer.Option("--export", metavar="FORMATS", help="help-export-formats")]
Formats = Annotated[list[str] | None, typer.Option("--format", metavar="FORMATS", help="help-export-formats")]
FigureFormat = Annotated[str, typer.Option("--format", metavar="png|svg|pdf", help="help-figure-format")]
FigureSize = Annotated[str, typer.Option("--size", metavar="column|square|story|link", help="help-figure-size")]
Theme = Annotated[str, typer.Option("--theme", metavar="light|dark|grey", help="help-figure-theme")]
Windows = Annotated[list[str] | None, typer.Option("--window", metavar="FROM..TO", help="help-figure-window")]
