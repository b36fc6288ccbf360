using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Support;

namespace Cascade.Interop.Calls;

/// <summary>What goes wrong in our server, as a Python client sees it (wire document §2.2, §2.5).</summary>
[TestFixtureSource(typeof(Generations))]
public class NativeHearsOurFaultsTests(Generation generation) : Row(generation)
{
    Road road = null!;
    Ours ours = null!;

    [OneTimeSetUp]
    public async Task StartOurServer()
    {
        road = Road.New(World);
        ours = new(road);
        await ours.ServeAsync(new OurEndpoint());
    }

    [OneTimeTearDown]
    public async Task StopOurServer() => await ours.DisposeAsync();

    [Test]
    public async Task An_exception_of_an_allowed_module_is_made_again_with_its_values()
    {
        var raised = await road.NativeCallAsync("fail_nova", new() { ["instance_id"] = "i-1" });

        Assert.That(raised.GetProperty("type").GetString(), Is.EqualTo("InstanceNotFound_Remote"));
        Assert.That(raised.GetProperty("module").GetString(), Is.EqualTo("nova.exception_Remote"));
        Assert.That(raised.GetProperty("bases").EnumerateArray().Select(name => name.GetString()), Does.Contain("InstanceNotFound").And.Contain("NovaException"));
        Assert.That(raised.GetProperty("text").GetString(), Does.StartWith("Instance i-1 could not be found."));
        Assert.That(raised.GetProperty("kwargs").GetProperty("instance_id").GetString(), Is.EqualTo("i-1"));
        Assert.That(raised.GetProperty("kwargs").GetProperty("code").GetInt32(), Is.EqualTo(404));
    }

    [Test]
    public async Task Python_s_own_exceptions_are_always_allowed()
    {
        var raised = await road.NativeCallAsync("fail_plain", new() { ["text"] = "no h\u00e9" }, new(Allowed: []));

        Assert.That(raised.GetProperty("type").GetString(), Is.EqualTo("ValueError"));
        Assert.That(raised.GetProperty("text").GetString(), Does.StartWith("no h\u00e9"));
    }

    static IEnumerable<TestCaseData<string, string?, string?, string, string>> Refusals() =>
    [
        new("zzz", "6.0", null, "NoSuchMethod", "Endpoint does not support RPC method zzz") { TestName = "A_refusal_is_told_as_natively(unknown method)" },
        new("_private", "6.0", null, "NoSuchMethod", "Endpoint does not support RPC method _private") { TestName = "A_refusal_is_told_as_natively(private method)" },
        new("echo", "6.2", null, "UnsupportedVersion", "Endpoint does not support RPC version 6.2. Attempted method: echo") { TestName = "A_refusal_is_told_as_natively(minor too new)" },
        new("echo", "5.0", null, "UnsupportedVersion", "Endpoint does not support RPC version 5.0. Attempted method: echo") { TestName = "A_refusal_is_told_as_natively(major too old)" },
        new("echo", "7.0", null, "UnsupportedVersion", "Endpoint does not support RPC version 7.0. Attempted method: echo") { TestName = "A_refusal_is_told_as_natively(major too new)" },
        new("echo", null, null, "UnsupportedVersion", "Endpoint does not support RPC version 1.0. Attempted method: echo") { TestName = "A_refusal_is_told_as_natively(no version)" },
        new("echo", "6.0", "nowhere", "UnsupportedVersion", "Endpoint does not support RPC version 6.0. Attempted method: echo") { TestName = "A_refusal_is_told_as_natively(unknown namespace)" },
        new("echo", "1.0", "compute_task", "NoSuchMethod", "Endpoint does not support RPC method echo") { TestName = "A_refusal_is_told_as_natively(method of another namespace)" },
    ];

    [TestCaseSource(nameof(Refusals))]
    public async Task A_refusal_is_told_as_natively(string method, string? version, string? ns, string type, string text)
    {
        var raised = await road.NativeCallAsync(method, new() { ["data"] = 1 }, new(Version: version, Namespace: ns));

        Assert.That(raised.GetProperty("type").GetString(), Is.EqualTo("RemoteError"), raised.ToString());
        Assert.That(raised.GetProperty("exc_type").GetString(), Is.EqualTo(type));
        Assert.That(raised.GetProperty("value").GetString(), Is.EqualTo(text));
    }

    [Test]
    public async Task An_exception_of_a_module_that_is_not_allowed_is_a_RemoteError_of_its_name()
    {
        var raised = await road.NativeCallAsync("fail_other");

        Assert.That(raised.GetProperty("type").GetString(), Is.EqualTo("RemoteError"));
        Assert.That(raised.GetProperty("exc_type").GetString(), Is.EqualTo("VolumeNotFound"));
        Assert.That(raised.GetProperty("value").GetString(), Is.EqualTo("Volume v1 could not be found."));
    }

    [Test]
    public async Task A_method_that_we_decline_says_so_and_why()
    {
        var raised = await road.NativeCallAsync("declined");

        Assert.That(raised.GetProperty("type").GetString(), Is.EqualTo("NotImplementedError"));
        Assert.That(raised.GetProperty("text").GetString(), Does.Contain("a child cloud does it itself"));
    }

    [Test]
    public async Task A_mistake_of_ours_is_a_plain_failure_with_the_request_id_and_stays_in_our_log()
    {
        var raised = await road.NativeCallAsync("fail_ours", how: new(Context: new() { ["request_id"] = "req-77" }));

        Assert.That(raised.GetProperty("text").GetString(), Does.Contain("req-77").And.Not.Contain("secret").And.Not.Contain("InvalidOperation"));
        Assert.That(ours.Log.Lines.Select(line => line.Text), Has.Some.Contains("a mistake of ours with a secret in it"));
    }

    [TestCase("size", "{}", TestName = "A_wrong_argument_is_a_TypeError(missing)")]
    [TestCase("size", "{\"data\": {\"no\": \"text\"}}", TestName = "A_wrong_argument_is_a_TypeError(of another kind)")]
    public async Task A_wrong_argument_is_a_TypeError(string method, string args)
    {
        var raised = await road.NativeCallAsync(method, JsonNode.Parse(args)!.AsObject());

        Assert.That(raised.GetProperty("type").GetString(), Is.EqualTo("TypeError"), raised.ToString());
        Assert.That(raised.GetProperty("text").GetString(), Does.Contain("data").And.Not.Contain("System."));
    }
}
