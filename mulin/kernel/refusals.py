"""The one way to say no."""


class Refused(Exception):
    """An expected refusal: a code for programs and a sentence for the person, with what would work.

    Pages show the message, the API returns it as JSON with `status`, and nobody is paged.
    Anything else that is raised is a bug.
    """

    def __init__(self, code: str, message: str, status: int = 409) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
