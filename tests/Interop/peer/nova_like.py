"""nova.exception where nova is not installed: the constructor and the attributes that cross the wire (nova/exception.py: NovaException)."""
import sys
import types

try:
    import nova.exception as exception
except ImportError:
    class NovaException(Exception):
        msg_fmt = "An unknown exception occurred."
        code = 500

        def __init__(self, message=None, **kwargs):
            self.kwargs = kwargs
            if "code" not in self.kwargs:
                try:
                    self.kwargs["code"] = self.code
                except AttributeError:
                    pass
            if not message:
                message = self.msg_fmt % kwargs
            self.message = message
            super().__init__(message)

        def format_message(self):
            return self.args[0]

    class NotFound(NovaException):
        msg_fmt = "Resource could not be found."
        code = 404

    class InstanceNotFound(NotFound):
        msg_fmt = "Instance %(instance_id)s could not be found."

    exception = types.ModuleType("nova.exception")
    for klass in (NovaException, NotFound, InstanceNotFound):
        klass.__module__ = "nova.exception"
        setattr(exception, klass.__name__, klass)
    package = types.ModuleType("nova")
    package.exception = exception
    sys.modules["nova"] = package
    sys.modules["nova.exception"] = exception
