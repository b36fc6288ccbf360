using System.Diagnostics;
using Cascade.Support;

namespace L3Proxy.Tests.Whole;

/// <summary>What an operator types.</summary>
sealed class VerbsTest
{
    Broker broker = null!;
    WholeWorld world = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        broker = await Broker.StartAsync();
        world = await WholeWorld.StartAsync(broker);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await world.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Test]
    public async Task An_upgrade_check_asks_parent_and_child()
    {
        var (code, text) = await RunAsync("upgrade", "check");

        Assert.That(text, Does.Contain("Parent's routers").And.Contain("Child's network API").And.Contain("Account in the child").And.Contain("External networks").And.Contain("Quota of our project"));
        Assert.That(code, Is.LessThan(2), text);
    }

    [Test]
    public async Task An_upgrade_check_says_which_external_network_is_none()
    {
        var (code, text) = await RunAsync(["upgrade", "check"], $"external_networks = aaaa:{world.Child.Neutron.Networks.First(network => !(bool)network["router:external"]!)["id"]}, bbbb:{Guid.NewGuid():D}", plain: true);

        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("aaaa is declared").And.Contain("bbbb is declared"));
    }

    [Test]
    public async Task Mistakes_are_all_told_before_anything_is_connected()
    {
        var (code, text) = await RunAsync(["config", "validate"], "external_networks = nonsense\nwatch_interval = 0", plain: true);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.Contain("external_networks").And.Contain("watch_interval"));
    }

    [Test]
    public async Task The_sample_shows_every_option_of_its_own()
    {
        var (code, text) = await RunAsync("config", "sample");

        Assert.That(code, Is.Zero);
        Assert.That(text, Does.Contain("external_networks").And.Contain("agent_mode").And.Contain("handle_internal_only_routers").And.Contain("availability_zone"));
    }

    [Test]
    public async Task The_mirror_is_listed_and_its_state_is_told_while_the_agent_runs()
    {
        await using var agent = world.Start();
        await world.Parent.ExpectL3AgentAsync();
        var router = world.AddRouter();
        var ip = world.Parent.Server.AddFloatingIp(world.Outside, world.AddServer());
        await world.ExpectFloatingIpAsync(ip, "ACTIVE");

        var (listed, list) = await RunAsync("mirror", "list");
        Assert.That(list, Does.Contain(router).And.Contain(ip).And.Contain("linked"));
        Assert.That(listed, Is.Zero, list);
    }

    [Test]
    public async Task A_running_agent_says_how_it_is()
    {
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        var port = ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var configuration = world.Configuration().Replace("127.0.0.1:0", $"127.0.0.1:{port}", StringComparison.Ordinal);
        await using var agent = Cascade.Support.Parent.AgentUnderTest.Start("cascade-l3-proxy.dll", configuration);
        await agent.UntilWrittenAsync("Everything is compared (start)");

        var (code, text) = await RunConfiguredAsync(["status"], configuration);
        Assert.That(code, Is.Zero, text);
        Assert.That(text, Does.Contain("registered: yes").And.Contain("routers in trouble = 0").And.Contain("synced = yes"));
    }

    Task<(int Code, string Text)> RunAsync(params string[] words) => RunAsync(words, "");

    Task<(int Code, string Text)> RunAsync(string[] words, string more, bool plain = false) =>
        RunConfiguredAsync(words, plain ? world.Parent.Configuration(world.Child, more) : world.Configuration(more));

    static async Task<(int Code, string Text)> RunConfiguredAsync(string[] words, string configuration)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, configuration);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cascade-l3-proxy.dll"), .. words, "--config-file", file])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        File.Delete(file);
        return (process.ExitCode, text);
    }
}
