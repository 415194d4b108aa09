"""Mails become reports and answers; what comes from machines, is forged or hostile does no harm."""

import imaplib
import io
import mailbox
from email.message import EmailMessage

import pytest
from django.core import mail as outbox
from django.core.management import call_command
from django.test import Client
from PIL import Image

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.cases.tests.factories import make_town
from mulin.channels import actions
from mulin.channels.figures import Unwanted, letters, read_letter
from mulin.channels.models import Mail
from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock
from mulin.kernel.worker import read_on
from mulin.uploads.files import photos_of

pytestmark = pytest.mark.django_db
OWN = "desk@baocui.test"


@pytest.fixture
def town(settings):
    settings.MAIL_IN_ADDRESS = OWN
    return make_town()


def written(words="2号楼3门的路灯不亮了。", **heads):
    mail = EmailMessage()
    given = {"From": "Li Na <li@mail.test>", "To": OWN, "Subject": "路灯", "Message-ID": "<one@mail.test>"}
    given |= {name.replace("_", "-"): said for name, said in heads.items()}
    for name, said in given.items():
        if said is not None:
            mail[name] = said
    if words is not None:
        mail.set_content(words)
    return mail


def bring(town, mail):
    return actions.bring_in(town.community, read_letter(bytes(mail), own=OWN))


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return out.getvalue()


@pytest.mark.story("E1")
def test_a_mail_becomes_a_confidential_report_and_is_answered_with_number_and_code(town):
    case = bring(town, written()).case
    assert (case.disclosure, case.is_public, case.contact_name) == ("confidential", False, "Li Na")
    assert "路灯不亮" in case.words
    assert case.building.number == 2
    answer = outbox.outbox[0]
    assert answer.to == ["li@mail.test"]
    assert case.number in answer.subject
    assert answer.extra_headers["Auto-Submitted"] == "auto-replied"
    code = answer.body.rpartition(": ")[2].strip()
    client = Client(headers={"accept-language": "en"})
    client.post(f"/{town.community.slug}/cases/follow/", {"number": case.number, "code": code})
    assert "路灯不亮" in client.get(case.get_absolute_url()).content.decode()


def test_the_same_mail_comes_in_once(town):
    assert bring(town, written()).pk == bring(town, written()).pk
    assert Case.objects.count() == 1
    assert len(outbox.outbox) == 1


def test_what_names_no_house_goes_to_the_desk_to_be_sorted(town):
    for number, words in enumerate(("你好，有 2 个人 1380 块钱的事。", "99号楼2门没水")):
        case = bring(town, written(words, Subject="问一下", Message_ID=f"<{number}@x>")).case
        assert case.building is None
        assert case.post is None or case.post == town.desk_post


@pytest.mark.story("E1")
def test_an_answer_by_mail_goes_where_it_was_asked(town):
    case = bring(town, written()).case
    case = cases.ask(cases.accept(case, by=town.worker), by=town.worker, words="Which floor?")
    reply = written(
        "The third.\n\nOn Mon, 1 Jan 2026, desk wrote:\n> Which floor?", Subject=f"Re: {outbox.outbox[0].subject}",
        Message_ID="<two@mail.test>",
    )  # fmt: skip
    assert bring(town, reply).was == "reply"
    assert Case.objects.get(pk=case.pk).state == "in_hand"
    further = written("One more thing", Subject=f"Re: {outbox.outbox[0].subject}", Message_ID="<3@x>")
    assert bring(town, further).was == "note"
    assert Case.objects.count() == 1


def test_an_address_that_anyone_can_write_answers_nothing_without_the_proof_of_our_mail(town, settings):
    case = bring(town, written()).case
    forged = {"Subject": f"Re: [{case.number}-0123456789AB]", "Message_ID": "<f@evil>"}
    assert bring(town, written("All is well, close it", **forged)).was == "report"
    settings.MAIL_IN_SERVER = "mx.ours"
    vouched = {"Subject": f"Re: {case.number}", "Authentication_Results": "mx.ours; dmarc=pass header.from=mail.test"}
    assert bring(town, written("Still dark", **vouched, Message_ID="<v@x>")).was == "note"


def test_a_number_in_the_subject_opens_nothing_to_another_address(town):
    case = bring(town, written()).case
    case = cases.ask(cases.accept(case, by=town.worker), by=town.worker, words="Which floor?")
    forged = written("Withdraw it", From="eve@evil.test", Subject=f"Re: {case.number}", Message_ID="<e@evil>")
    assert bring(town, forged).was == "report"
    assert Case.objects.get(pk=case.pk).state == "waiting"


def test_a_question_is_mailed_to_who_reported_by_mail(town, django_capture_on_commit_callbacks):
    case = bring(town, written()).case
    outbox.outbox.clear()
    cases.ask(cases.accept(case, by=town.worker), by=town.worker, words="Which floor?")
    with django_capture_on_commit_callbacks(execute=True):
        while read_on():
            pass
    assert ["Which floor?" in each.body for each in outbox.outbox if each.to == ["li@mail.test"]] == [True]


def test_a_sender_is_taken_for_a_resident_only_where_our_own_server_vouches(town, settings):
    address = f"wang@{town.community.slug}.test"
    vouched = f"mx.ours; dmarc=pass header.from={town.community.slug}.test"
    heads = {"From": address, "Authentication_Results": vouched}
    assert bring(town, written(**heads)).case.reporter_account is None
    settings.MAIL_IN_SERVER = "mx.ours"
    assert bring(town, written(**heads, Message_ID="<b@x>")).case.reporter_account == town.resident.account_id
    heads["Authentication_Results"] = "mx.evil; dmarc=pass header.from=" + town.community.slug + ".test"
    assert bring(town, written(**heads, Message_ID="<c@x>")).case.reporter_account is None


def test_photos_come_along_and_the_rest_is_left_out(town):
    mail = written()
    mail.add_attachment(picture(), maintype="image", subtype="png", filename="lamp.png")
    mail.add_attachment(b"PK\x03\x04" + b"0" * 99, maintype="application", subtype="zip", filename="bomb.zip")
    mail.add_attachment(b"not a picture", maintype="image", subtype="png", filename="x.png")
    case = bring(town, mail).case
    assert len(photos_of(case)) == 1
    assert "only photos" in outbox.outbox[0].body


def test_a_page_is_reduced_to_its_words(town):
    mail = written(None)
    mail.set_content("<style>x{}</style><script>alert(1)</script><p>灯坏了 &amp; 很黑</p>", subtype="html")
    words = bring(town, mail).case.words
    assert "灯坏了 & 很黑" in words
    assert "alert" not in words


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "big5", "nonsense-8", "utf-8"])
def test_words_in_any_spelling_are_read_or_kept_readable(charset):
    raw = b"From: a@b.test\r\nSubject: x\r\nContent-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n"
    spelled = {"gb2312": "gb18030", "gbk": "gb18030", "nonsense-8": "utf-8"}.get(charset, charset)
    assert read_letter(raw + "路燈壞了".encode(spelled)).words == "路燈壞了"


def test_broken_bytes_and_signs_that_control_are_no_harm():
    words = read_letter(b"From: a@b.test\r\nSubject: =?utf-8?q?=0d=0aBcc:_x=40y?=\r\n\r\nab\x00\xff\x1b[31mc").words
    assert words.startswith("ab")
    assert "\x1b" not in words


REFUSED = {
    "a vacation note": {"Auto_Submitted": "auto-replied"},
    "a list": {"Precedence": "bulk"},
    "a list by its name": {"List_Id": "<x.list>"},
    "a bounce": {"Return_Path": "<>"},
    "a daemon": {"From": "MAILER-DAEMON@mail.test"},
    "nobody to answer": {"From": "no-reply@shop.test"},
    "our own address": {"From": OWN},
    "our own mail": {"X_Mulin": "baocui"},
    "two senders": {"From": "a@b.test, c@d.test"},
    "no sender": {"From": None},
    "a broken sender": {"From": "x@@y"},
    "nothing said": {"Subject": None},
}


@pytest.mark.parametrize("heads", REFUSED.values(), ids=REFUSED)
def test_what_is_no_letter_of_a_person_is_not_taken(heads):
    with pytest.raises(Unwanted):
        read_letter(bytes(written("" if "Subject" in heads else "灯坏了", **heads)), own=OWN)


def test_what_is_huge_or_has_endless_parts_is_not_taken(monkeypatch):
    monkeypatch.setattr(letters, "MOST_BYTES", 1000)
    with pytest.raises(Unwanted, match="too big"):
        read_letter(bytes(written("x" * 2000)))
    monkeypatch.undo()
    mail = written()
    for number in range(80):
        mail.add_attachment(b"x", maintype="text", subtype="csv", filename=f"{number}.csv")
    with pytest.raises(Unwanted, match="parts"):
        read_letter(bytes(mail))


@pytest.mark.parametrize(
    "raw", [b"", b"\xff" * 99, b"From: \xff@\xfe\r\n\r\nx", b"Content-Type: multipart/mixed\r\n\r\n"]
)
def test_rubbish_is_refused_and_breaks_nothing(raw):
    with pytest.raises(Unwanted):
        read_letter(raw)


def test_one_address_does_not_flood_the_desk(town):
    for number in range(10):
        bring(town, written(Message_ID=f"<{number}@x>"))
    with pytest.raises(Unwanted, match="too many"):
        bring(town, written(Message_ID="<11@x>"))


def test_addresses_are_sealed_and_forgotten_after_the_end(town):
    case = bring(town, written()).case
    assert "li@mail.test" not in str(Mail.objects.filter(case=case).extra(select={"raw": "address"}).values("raw"))
    cases.solve(cases.accept(case, by=town.worker), by=town.worker, cause="a", remedy="b")
    cases.confirm(Case.objects.get(pk=case.pk), by=town.worker_two, rating=3)
    clock.set(clock.now() + actions.mails.FORGOTTEN_AFTER * 2)
    actions.forget_addresses()
    assert Mail.objects.get().address == ""


def test_those_who_handle_it_see_that_it_came_by_mail(town):
    case = bring(town, written()).case
    client = Client(headers={"accept-language": "en"})
    sign_in(client, town.worker)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "It came by mail" in page
    assert "Work slip" in page


def test_a_maildir_is_taken_in_and_emptied(town, tmp_path, capsys):
    box = mailbox.Maildir(tmp_path / "box")
    box.add(bytes(written()))
    box.add(bytes(written(Auto_Submitted="auto-generated")))
    call_command("mail_in", community=town.community.slug, maildir=tmp_path / "box")
    assert sorted(line[:5] for line in capsys.readouterr().out.splitlines()) == ["not t", "repor"]
    assert list((tmp_path / "box/new").iterdir()) == []
    assert Case.objects.count() == 1


def test_a_mailbox_is_read_by_imap(town, settings, monkeypatch, capsys):
    settings.MAIL_IN_URL = "imaps://me%40x:secret@mail.test/INBOX"
    done = []

    class Server:
        def __init__(self, host, port, timeout):
            done.append((host, port))

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            pass

        def login(self, name, password):
            done.append((name, password))

        def select(self, name):
            done.append(name)

        def uid(self, what, *rest):
            done.append(what)
            return {"search": ("OK", [b"7"]), "fetch": ("OK", [(b"7", bytes(written())), b")"])}.get(what, ("OK", []))

    monkeypatch.setattr(imaplib, "IMAP4_SSL", Server)
    call_command("mail_in", community=town.community.slug, imap=True)
    assert done == [("mail.test", 993), ("me@x", "secret"), "INBOX", "search", "fetch", "store"]
    assert Case.objects.count() == 1
