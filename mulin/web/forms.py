"""How Django draws forms here: through our templates, so that no form needs classes of its own."""

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

# Said by Django; listed here so that our catalogue says them in our words.
WORDS = (
    _("This field is required."),
    _("Enter a whole number."),
    _("Enter a valid date."),
    _("Enter a valid email address."),
)


class Renderer(TemplatesSetting):
    """Renders forms and fields with the kit. Needs mulin.web before django.forms in INSTALLED_APPS."""

    form_template_name = "web/fields.html"
    field_template_name = "web/field.html"
