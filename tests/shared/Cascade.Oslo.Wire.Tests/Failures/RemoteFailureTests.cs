using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Oslo.Wire.Tests.Golden;

namespace Cascade.Oslo.Wire.Tests.Failures;

[TestFixture]
public sealed class RemoteFailureTests
{
    static RpcFault Golden(string scenario) => RemoteFailure.Read(RpcReply.Read(Samples.One(scenario, "reply").Body).Failure!);

    [Test]
    public void A_services_own_exception_keeps_its_class_and_the_values_it_was_made_of()
    {
        var fault = Golden("call_error_nova");

        Assert.That(
            (fault.Module, fault.Class, fault.Message, (string?)fault.Kwargs["instance_id"], (int)fault.Kwargs["code"]!),
            Is.EqualTo(("nova.exception", "InstanceNotFound", "Instance abc could not be found.", "abc", 404)));
    }

    [Test]
    public void Our_own_words_are_those_of_the_library()
    {
        var request = RpcRequest.Read(Samples.One("call_unsupported_version", "request").Body);
        var method = RpcRequest.Read(Samples.One("call_nosuchmethod", "request").Body).Method;

        Assert.That(OsloFaults.UnsupportedVersion(request).ToString(), Is.EqualTo(Golden("call_unsupported_version").ToString()));
        Assert.That(OsloFaults.NoSuchMethod(method).ToString(), Is.EqualTo(Golden("call_nosuchmethod").ToString()));
    }

    [Test]
    public void A_fault_that_came_from_a_peer_goes_on_under_its_own_name()
    {
        var written = JsonNode.Parse(RemoteFailure.Write(new("nova.exception_Remote", "InstanceNotFound_Remote", "gone")))!;

        Assert.That(((string?)written["module"], (string?)written["class"]), Is.EqualTo(("nova.exception", "InstanceNotFound")));
    }

    [Test]
    public void A_fault_of_ours_has_a_line_for_the_callers_log_and_its_message_as_argument()
    {
        var written = JsonNode.Parse(RemoteFailure.Write(new("nova.exception", "Invalid", "no é", new() { ["code"] = 400 })))!;

        Assert.That((string?)written["tb"]![0], Is.EqualTo("nova.exception.Invalid: no é\n"));
        Assert.That((string?)written["args"]![0], Is.EqualTo("no é"));
        Assert.That((int)written["kwargs"]!["code"]!, Is.EqualTo(400));
    }

    [Test]
    public void A_fault_whose_text_a_tenant_reads_has_no_line_for_a_log()
    {
        var written = JsonNode.Parse(RemoteFailure.Write(new("cinder.exception", "InvalidVolume", "no", traceback: [])))!;

        Assert.That(written["tb"]!.AsArray(), Is.Empty);
        Assert.That(JsonNode.Parse(RemoteFailure.Write(RemoteFailure.Read(written.ToJsonString())))!["tb"]!.AsArray(), Is.Empty, "nor has it when it goes on");
    }

    [TestCase("nonsense", "builtins.Exception: nonsense", TestName = "no JSON")]
    [TestCase("[]", "builtins.Exception: []", TestName = "no object")]
    [TestCase("""{"class": "KeyError", "module": "exceptions", "message": "k"}""", "builtins.KeyError: k", TestName = "Python 2's module")]
    [TestCase("""{"class": 1, "message": null, "tb": null, "args": 1, "kwargs": []}""", "builtins.1: null", TestName = "everything odd")]
    public void Whatever_a_failure_looks_like_it_is_a_fault(string failure, string told) =>
        Assert.That(RemoteFailure.Read(failure).ToString(), Is.EqualTo(told));
}
