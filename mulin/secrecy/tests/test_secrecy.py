"""What is stored under a key can be read with it and only where it was stored; hashes outlive a rotation."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from mulin.secrecy import ciphers, codes, rotation
from mulin.secrecy.fields import EncryptedTextField, HashField, hash_of
from mulin.secrecy.hashes import keyed_hash
from mulin.secrecy.normal import mask_phone, normal_id_number, normal_phone

K1, K2 = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.MULIN_KEYS = {"k1": K1}


@pytest.fixture
def contact(transactional_db):
    """A table with an encrypted phone."""
    with isolate_apps("mulin.secrecy"):

        class Contact(models.Model):
            id = models.CharField(primary_key=True, max_length=8)
            phone = EncryptedTextField(blank=True, default="")
            phone_hash = HashField(purpose="phone", of="phone")

            class Meta:
                app_label = "secrecy"

            def __str__(self):
                return self.pk

        with connection.schema_editor() as editor:
            editor.create_model(Contact)
        yield Contact
        with connection.schema_editor() as editor:
            editor.delete_model(Contact)


def stored(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, phone FROM {model._meta.db_table} ORDER BY id")
        return dict(cursor.fetchall())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_again(text):
    assert ciphers.unseal(ciphers.seal(text, "a.b"), "a.b") == text


def test_a_sealed_value_names_its_key_and_differs_each_time():
    one, other = ciphers.seal("13800138000", "a.b"), ciphers.seal("13800138000", "a.b")
    assert one.startswith("k1:")
    assert one != other


def test_a_value_does_not_open_in_another_place():
    with pytest.raises(ciphers.NotReadable):
        ciphers.unseal(ciphers.seal("13800138000", "people.person.phone"), "people.person.note")


@pytest.mark.parametrize("value", ["plain", "k1:", "k1:AAAA", "k1:%%%", "zz1:AAAA", "k1:" + "A" * 80])
def test_a_broken_value_is_not_readable(value):
    with pytest.raises(ciphers.NotReadable):
        ciphers.unseal(value, "a.b")


def test_a_missing_key_is_named():
    with pytest.raises(ImproperlyConfigured, match="k7"):
        ciphers.unseal("k7:AAAA", "a.b")


def test_sm4_is_a_matter_of_the_keys_name(settings):
    settings.MULIN_KEYS = {"sm1": K2, "k1": K1}
    sealed = ciphers.seal("王小明", "a.b")
    assert sealed.startswith("sm1:")
    assert ciphers.unseal(sealed, "a.b") == "王小明"
    with pytest.raises(ciphers.NotReadable):
        ciphers.unseal(sealed, "a.c")


def test_a_field_is_encrypted_in_the_table_and_plain_in_python(contact):
    contact.objects.create(id="a", phone="+86 138 0013 8000")
    contact.objects.create(id="b")
    assert stored(contact)["a"].startswith("k1:")
    assert stored(contact)["b"] == ""
    assert contact.objects.get(pk="a").phone == "+86 138 0013 8000"
    assert contact.objects.filter(phone="").get().pk == "b"


def test_a_field_is_encrypted_by_every_way_of_writing(contact):
    contact.objects.bulk_create([contact(id="a", phone="1"), contact(id="b", phone="2")])
    contact.objects.filter(pk="a").update(phone="3")
    row = contact.objects.get(pk="b")
    row.phone = "4"
    contact.objects.bulk_update([row], ["phone"])
    assert all(value.startswith("k1:") for value in stored(contact).values())
    assert list(contact.objects.order_by("pk").values_list("phone", flat=True)) == ["3", "4"]


def test_another_column_is_not_copied_in_clear(contact):
    with pytest.raises(FieldError, match="expression"):
        contact.objects.update(phone=models.F("id"))


def test_a_field_is_found_by_its_hash_and_not_by_its_text(contact):
    contact.objects.bulk_create([contact(id="a", phone="138 0013 8000"), contact(id="b")])
    assert contact.objects.get(phone_hash=hash_of("phone", "+8613800138000")).pk == "a"
    assert contact.objects.get(pk="b").phone_hash == ""
    with pytest.raises(FieldError, match="keyed hash"):
        contact.objects.filter(phone="13800138000").exists()
    with pytest.raises(FieldError):
        contact.objects.filter(phone__contains="138").exists()


def test_rotation_moves_every_value_and_keeps_the_hashes(contact, settings):
    contact.objects.bulk_create([contact(id=f"{i:03}", phone=f"1380013{i:04}") for i in range(25)])
    contact.objects.create(id="none")
    before = hash_of("phone", "13800130007")
    settings.MULIN_KEYS = {"k2": K2, "k1": K1}
    column = rotation.Column(contact._meta.get_field("phone"))
    assert column.left() == 25
    column.rotate(10)
    assert (column.done, column.left(), column.unreadable) == (25, 0, 0)
    assert contact.objects.get(phone_hash=before).phone == "13800130007"
    assert stored(contact)["none"] == ""


def test_rotation_can_be_stopped_and_taken_up_again(contact, settings):
    contact.objects.bulk_create([contact(id=f"{i:03}", phone="1") for i in range(25)])
    settings.MULIN_KEYS = {"k2": K2, "k1": K1}
    column = rotation.Column(contact._meta.get_field("phone"))

    def stop(count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        column.rotate(10, stop)
    assert column.left() == 15
    column.rotate(10)
    assert column.left() == 0


def test_rotation_leaves_an_unreadable_value_and_counts_it(contact, settings):
    contact.objects.create(id="a", phone="1")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {contact._meta.db_table} (id, phone, phone_hash) VALUES ('b', 'k1:AAAA', '')")
    settings.MULIN_KEYS = {"k2": K2, "k1": K1}
    column = rotation.Column(contact._meta.get_field("phone"))
    column.rotate(1)
    assert (column.done, column.unreadable) == (1, 1)
    assert stored(contact)["b"] == "k1:AAAA"


def test_hashes_of_two_purposes_differ():
    assert keyed_hash("phone", "1") != keyed_hash("code", "1")


def test_a_hash_key_of_its_own_is_used(settings):
    by_oldest = keyed_hash("phone", "1")
    settings.MULIN_HASH_KEY = K1
    settings.MULIN_KEYS = {"k2": K2}
    assert keyed_hash("phone", "1") == by_oldest


@pytest.mark.parametrize("keys", [{}, {"k1": b"short"}, {"K-1": K1}])
def test_wrong_keys_stop_with_a_sentence(settings, keys):
    settings.MULIN_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="MULIN_KEYS"):
        ciphers.seal("x", "a.b")


def test_a_code_opens_however_it_is_typed():
    code = codes.new_code()
    assert len(code) == 8
    hashed = codes.hash_code(code)
    assert codes.check_code(f" {code[:4].lower()}-{code[4:]} ", hashed)
    assert not codes.check_code(codes.new_code(), hashed)
    assert not codes.check_code("", "")


@given(st.text(), st.text())
def test_any_input_is_no_code(code, hashed):
    assert codes.check_code(code, codes.hash_code("22222222")) is (codes.hash_code(code) == codes.hash_code("22222222"))
    codes.check_code(code, hashed)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("\uff113800138000", "13800138000"),
        ("028-8555 1234", "02885551234"),
        ("+86 28 8555 1234", "02885551234"),
        ("85551234", "85551234"),
        ("400 820 1234", "4008201234"),
        ("+49 30 901820", "+4930901820"),
    ],
)
def test_a_phone_has_one_spelling(text, phone):
    assert normal_phone(text) == phone
    assert normal_phone(phone) == phone


@pytest.mark.parametrize("text", ["", "12345", "12345678901", "abc", "\u06613800138000", "1380013800", "+86138"])
def test_no_phone_is_refused(text):
    with pytest.raises(ValidationError):
        normal_phone(text)


@given(st.text(max_size=80))
def test_any_input_is_a_number_or_refused(text):
    for normal in (normal_phone, normal_id_number):
        try:
            assert normal(normal(text)) == normal(text)
        except ValidationError:
            continue


def test_an_id_number_is_checked_by_its_last_digit():
    assert normal_id_number(" 11010519491231002x ") == "11010519491231002X"
    for wrong in ("110105194912310021", "11010519491231002", "1101051949123100XX"):
        with pytest.raises(ValidationError):
            normal_id_number(wrong)


def test_masks_show_little():
    assert mask_phone("13800138000") == "138****8000"
    assert mask_phone("85551234") == "******34"
    assert mask_phone("110") == "***"


def test_no_column_is_hidden_from_the_command(monkeypatch):
    field = EncryptedTextField()
    meta = SimpleNamespace(managed=True, proxy=False, local_concrete_fields=[field, models.TextField()])
    monkeypatch.setattr(rotation.apps, "get_models", lambda **_: [SimpleNamespace(_meta=meta)])
    monkeypatch.setattr(rotation, "Column", lambda field, using: field)
    assert list(rotation.columns()) == [field]
