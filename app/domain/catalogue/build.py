"""From a document that passed the gate to the values the product works with; only the gate calls this."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from app.domain.catalogue import condition
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.form import FieldCheck, Form, FormField
from app.domain.catalogue.item import (
    CaseType,
    Exclusion,
    Extension,
    Fee,
    FeeRule,
    FeeWaiver,
    FormRef,
    Item,
    Limit,
    NextStep,
    PublishedRefusal,
    Result,
    Situation,
    SpecialProcedure,
    Step,
    SupplementMode,
)
from app.domain.catalogue.law import Article, Citation, Law, Remedy
from app.domain.catalogue.material import Defect, Material, MaterialForm, Necessity, Source
from app.domain.catalogue.organisation import Authority, Business, Center, Department, Priority, Staff, Window
from app.domain.floor import limits_of
from app.domain.limit_unit import LimitUnit
from app.domain.queue_rules import rules_of
from app.domain.rights import Role
from app.domain.supervision import rules_of_cards

Row = Mapping[str, Any]


def catalogue_of(document: Row) -> Catalogue:
    """Return the catalogue of a document in which the gate found no problem."""
    return Catalogue(
        version=document["version"],
        effective_from=date.fromisoformat(document["effective_from"]),
        center=_center(document["center"]),
        laws={each["id"]: _law(each) for each in document["laws"]},
        departments={each["id"]: Department(**_only(each, Department)) for each in document["departments"]},
        windows={each.number: each for group in document["windows"] for each in _windows(group)},
        businesses={each["code"]: Business(**_only(each, Business)) for each in document["businesses"]},
        priorities={each["code"]: Priority(**_only(each, Priority)) for each in document["priorities"]},
        staff={each["number"]: _staff(each) for each in document["staff"]},
        remedies={name: Remedy(id=name, **_only(each, Remedy)) for name, each in document["remedies"].items()},
        items={each["id"]: _item(each) for each in document["items"]},
        document=document,
        queue=rules_of(document),
        floor=limits_of(document),
        cards=rules_of_cards(document),
    )


def _only(row: Row, kind: type[Any], *but: str) -> dict[str, Any]:
    """Return the entries a dataclass has fields for, lists as tuples; remarks fall away."""
    names = {each.name for each in fields(kind)} - set(but)
    return {key: tuple(each) if isinstance(each, list) else each for key, each in row.items() if key in names}


def _center(row: Row) -> Center:
    hours = tuple((opens, closes) for opens, closes in row["hours"])
    return Center(**_only(row, Center, "hours"), hours=hours)


def _law(row: Row) -> Law:
    dates = {key: date.fromisoformat(row[key]) for key in ("effective", "amended", "expires") if key in row}
    articles = tuple(Article(**_only(each, Article)) for each in row.get("articles", ()))
    return Law(**{**_only(row, Law, "articles"), **dates}, articles=articles)


def _windows(group: Row) -> Iterable[Window]:
    shared = {**_only(group, Window), "authority": Authority(group["authority"])}
    return (Window(number=number, **shared) for number in group["numbers"])


def _staff(row: Row) -> Staff:
    return Staff(**{**_only(row, Staff), "roles": tuple(Role(each) for each in row["roles"])})


def _item(row: Row) -> Item:
    return Item(
        **_only(row, Item)
        | {
            "case_type": CaseType(row["case_type"]),
            "delegated": Authority(row["delegated"]),
            "supplement_mode": SupplementMode(row["supplement_mode"]),
            "legal_basis": tuple(Citation(**_only(each, Citation)) for each in row["legal_basis"]),
            "situations": tuple(Situation(**_only(each, Situation)) for each in row["situations"]),
            "materials": tuple(_material(each) for each in row["materials"]),
            "form": _form(row["form"]),
            "statutory_limit": _limit(row["statutory_limit"]),
            "promised_limit": _limit(row["promised_limit"]),
            "fee": _fee(row["fee"]),
            "steps": tuple(Step(**_only(each, Step)) for each in row["steps"]),
            "result": Result(**_only(row["result"], Result)),
            "special_procedures": tuple(
                SpecialProcedure(**_only(each, SpecialProcedure)) for each in row.get("special_procedures", ())
            ),
            "not_needed_when": tuple(_exclusion(each) for each in row.get("not_needed_when", ())),
            "not_ours_when": tuple(_exclusion(each) for each in row.get("not_ours_when", ())),
            "refused_when": tuple(
                PublishedRefusal(**_only(each, PublishedRefusal)) for each in row.get("refused_when", ())
            ),
            "form_files": {
                material: {kind: FormRef(**ref) for kind, ref in refs.items()}
                for material, refs in row.get("form_files", {}).items()
            },
            "fee_waivers": tuple(FeeWaiver(**_only(each, FeeWaiver)) for each in row.get("fee_waivers", ())),
            "next": tuple(NextStep(**_only(each, NextStep)) for each in row.get("next", ())),
        }
    )


def _limit(row: Row) -> Limit:
    extension = row.get("extension")
    return Limit(
        days=row["days"],
        unit=LimitUnit(row["unit"]),
        start=row.get("from", ""),
        basis=row.get("basis", ""),
        extension=Extension(**{**_only(extension, Extension), "unit": LimitUnit(extension["unit"])})
        if extension
        else None,
    )


def _fee(row: Row) -> Fee:
    rules = tuple(FeeRule(**_only(each, FeeRule)) for each in row.get("rules", ()))
    return Fee(charge=row["charge"], basis=row["basis"], rules=rules)


def _exclusion(row: Row) -> Exclusion:
    return Exclusion(**_only(row, Exclusion), condition=condition.parse(row["when"]) if "when" in row else None)


def _material(row: Row) -> Material:
    template = row.get("template", {})
    return Material(
        **_only(row, Material)
        | {
            "form": MaterialForm(row["form"]),
            "originals": row["orig"],
            "necessity": Necessity(row["necessity"]),
            "source": Source(row["source"]),
            "defects": tuple(Defect(**_only(each, Defect)) for each in row["defects"]),
            "when": condition.parse(row["when"]) if "when" in row else None,
            "blank_form": template.get("blank", False),
            "sample": template.get("sample", False),
        }
    )


def _form(row: Row) -> Form:
    in_order = sorted(row["properties"].items(), key=lambda each: each[1]["x-order"])
    return Form(row["title"], tuple(_field(name, each, required=name in row["required"]) for name, each in in_order))


def _field(name: str, row: Row, *, required: bool) -> FormField:
    return FormField(
        name=name,
        title=row["title"],
        short=row["x-short"],
        required=required,
        max_length=row["maxLength"],
        min_length=row.get("minLength", 0),
        pattern=row.get("pattern"),
        options=tuple(row.get("enum", ())),
        prefill=row.get("x-prefill"),
        default=row.get("default", ""),
        check=FieldCheck(row["x-check"]) if "x-check" in row else None,
        help=row.get("x-help", ""),
    )
