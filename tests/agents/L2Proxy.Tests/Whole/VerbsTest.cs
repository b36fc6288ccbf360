using System.Diagnostics;
using Cascade.Support;
using Cascade.Support.Parent;

namespace L2Proxy.Tests.Whole;

/// <summary>What an operator types.</summary>
sealed class VerbsTest
{
    Broker broker = null!;
    ScriptedNeutron parent = null!;
    FakeCloud child = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        broker = await Broker.StartAsync();
        parent = await ScriptedNeutron.StartAsync(broker);
        child = await FakeCloud.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await parent.DisposeAsync();
        await child.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Test]
    public async Task An_upgrade_check_asks_parent_and_child()
    {
        var (code, text) = await RunAsync("upgrade", "check");

        Assert.That(text, Does.Contain("Parent's neutron-server").And.Contain("Child's network API").And.Contain("Account in the child").And.Contain("Quota of our project"));
        Assert.That(code, Is.LessThan(2), text);
    }

    [Test]
    public async Task Mistakes_are_all_told_before_anything_is_connected()
    {
        var (code, text) = await RunAsync(["config", "validate"], "physical_networks = nonsense\nwatch_interval = 0");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.Contain("physical_networks").And.Contain("watch_interval"));
    }

    Task<(int Code, string Text)> RunAsync(params string[] words) => RunAsync(words, "");

    async Task<(int Code, string Text)> RunAsync(string[] words, string more)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, parent.Configuration(child, more));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cascade-l2-proxy.dll"), .. words, "--config-file", file])
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
