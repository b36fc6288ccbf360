using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Consoles;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Tests.Consoles;

public sealed class ConsoleTests : WorldTest
{
    [Test]
    public async Task Every_kind_of_console_is_the_childs_own()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var vnc = await World.DeliverAsync(new GetVncConsole("novnc", vm.Envelope()), vm.Ask("x"));
        var serial = await World.DeliverAsync(new GetSerialConsole("serial", vm.Envelope()), vm.Ask("x"));
        var spice = await World.DeliverAsync(new GetSpiceConsole("spice-html5", vm.Envelope()), vm.Ask("x"));
        var mks = await World.DeliverAsync(new GetMksConsole("webmks", vm.Envelope()), vm.Ask("x"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(vnc!["access_url"]!.ToString(), Is.EqualTo($"http://127.0.0.1:6080/vnc_auto.html?path=%3Ftoken%3D{vm.Link}"));
            Assert.That(serial!["access_url"]!.ToString(), Does.StartWith("ws://"));
            Assert.That(spice!["access_url"]!.ToString(), Does.Contain("token="));
            Assert.That(mks!["access_url"]!.ToString(), Does.Contain("token="));
        }
    }

    [Test]
    public async Task A_port_of_the_parents_own_proxies_is_never_right() =>
        Assert.That((await World.DeliverAsync(new ValidateConsolePort(new Wanted(World).Envelope(), "5900", "novnc"), new Wanted(World).Ask("x")))!.GetValue<bool>(), Is.False);

    // What nova-api makes of the class: remote_consoles.py: create.
    [TestCase(400, "Unavailable console type novnc.", "ConsoleTypeUnavailable", "400: the child has none of this type")]
    [TestCase(404, "Instance could not be found.", "InstanceNotFound", "404")]
    [TestCase(409, "Instance is not yet ready", "InstanceNotReady", "409")]
    [TestCase(501, "The requested functionality is not supported.", "NotImplementedError", "501: its hypervisor cannot")]
    [TestCase(403, "Policy doesn't allow it", "ConsoleTypeUnavailable", "400: 403 is not expected there")]
    [TestCase(500, "Unexpected API Error", "InstanceNotReady", "409: the child does not answer as it should")]
    public async Task A_refusal_has_the_class_that_the_api_knows(int status, string words, string @class, string because)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.ConsoleRefusal = (status, words);

        Assert.That(
            () => World.DeliverAsync(new GetVncConsole("novnc", vm.Envelope()), vm.Ask("x")), Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo(@class), because);
    }

    [Test]
    public async Task A_type_that_the_method_does_not_have_is_invalid_before_the_child_is_asked()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.ConsoleRefusal = (500, "asked");

        Assert.That(
            () => World.DeliverAsync(new GetVncConsole("xvpvnc", vm.Envelope()), vm.Ask("x")),
            Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo("ConsoleTypeInvalid"));
    }

    [Test]
    public void A_server_that_is_not_there_yet_is_not_ready() => Assert.That(
        () =>
        {
            var vm = new Wanted(World);
            return World.DeliverAsync(new GetVncConsole("novnc", vm.Envelope()), vm.Ask("x"));
        },
        Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo("InstanceNotReady"));

    [TestCase("http://child:6080/vnc_auto.html?path=%3Ftoken%3Dt", null, "http://child:6080/vnc_auto.html?path=%3Ftoken%3Dt", "the child's own")]
    [TestCase("http://child:6080/vnc_auto.html?path=%3Ftoken%3Dt", "https://c.example.org/az1/vnc_lite.html", "https://c.example.org/az1/vnc_lite.html?path=%3Ftoken%3Dt", "all before the query")]
    [TestCase(
        "http://child:6080/vnc_auto.html?path=%3Ftoken%3Dt",
        "https://c.example.org/vnc_auto.html?path=az1/ws&autoconnect=1",
        "https://c.example.org/vnc_auto.html?autoconnect=1&path=az1/ws%3Ftoken%3Dt",
        "a path of its own goes before the child's, as native joins them")]
    [TestCase("ws://child:6083/?token=t", "wss://c.example.org/az1/serial/", "wss://c.example.org/az1/serial/?token=t", "a socket stays one")]
    public void The_operators_base_takes_the_place_of_what_is_before_the_token(string child, string? @base, string address, string because) =>
        Assert.That(ConsoleUrl.Of(child, @base is null ? null : new Uri(@base)), Is.EqualTo(address), because);

    [Test]
    public async Task The_operators_base_is_per_type()
    {
        World.Consoles = new() { Serial = new("wss://c.example.org/serial/") };
        await World.RebornAsync();
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var vnc = await World.DeliverAsync(new GetVncConsole("novnc", vm.Envelope()), vm.Ask("x"));
        var serial = await World.DeliverAsync(new GetSerialConsole("serial", vm.Envelope()), vm.Ask("x"));

        Assert.That(vnc!["access_url"]!.ToString(), Does.StartWith("http://127.0.0.1:6080/"));
        Assert.That(serial!["access_url"]!.ToString(), Is.EqualTo($"wss://c.example.org/serial/?token={vm.Link}"));
    }
}
