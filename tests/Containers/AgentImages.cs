using System.Diagnostics;
using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Cascade.Containers;

/// <summary>Each agent's image as an operator runs it.</summary>
sealed class AgentImages
{
    static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(15);

    [TestCase("nova-proxy")]
    [TestCase("l2-proxy")]
    [TestCase("l3-proxy")]
    [CancelAfter(180_000)]
    public async Task An_agent_runs_as_nobody_on_a_read_only_root_and_stops_when_told(string name, CancellationToken cancelled)
    {
        await using var setting = await Setting.WithBrokerAsync(cancelled);
        var agent = await setting.StartAsync(
            setting.Agent(name, Configuration.Of(name)).WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Health, metrics and status on")), name, cancelled);

        var answer = await HealthAsync(agent, cancelled);
        var user = await agent.ExecAsync(["id", "-u"], cancelled);
        var root = await agent.ExecAsync(["grep", "-c", "^[^ ]* / [^ ]* ro,", "/proc/mounts"], cancelled);
        var began = Stopwatch.GetTimestamp();
        await agent.StopAsync(cancelled);
        var took = Stopwatch.GetElapsedTime(began);
        var said = await agent.GetLogsAsync(timestampsEnabled: false, ct: cancelled);

        Assert.Multiple(() =>
        {
            Assert.That(answer.RootElement.GetProperty("healthy").GetBoolean(), Is.False, "its clouds do not answer");
            Assert.That(user.Stdout.Trim(), Is.EqualTo("1654"));
            Assert.That(root.Stdout.Trim(), Is.EqualTo("1"), "the root is read-only");
            Assert.That(took, Is.LessThan(StopsWithin));
            Assert.That(said.Stdout + said.Stderr, Does.Contain($"cascade-{name}").And.Not.Contain(Setting.Password));
        });
        Assert.That(await agent.GetExitCodeAsync(cancelled), Is.Zero, "it stopped by itself");
    }

    [TestCase("nova-proxy")]
    [TestCase("cinder-proxy")]
    [TestCase("l2-proxy")]
    [TestCase("l3-proxy")]
    [CancelAfter(60_000)]
    public async Task A_configuration_is_checked_by_the_image_itself(string name, CancellationToken cancelled)
    {
        await using var setting = new Setting();
        var more = name == "cinder-proxy" ? Databases.Section("mysql+pymysql", "db") : "";
        await setting.CreateNetworkAsync(cancelled);
        var agent = await setting.StartAsync(setting.Agent(name, Configuration.Of(name, more), "config", "validate"), name, cancelled);

        Assert.That(await agent.GetExitCodeAsync(cancelled), Is.Zero);
        var said = await agent.GetLogsAsync(timestampsEnabled: false, ct: cancelled);
        Assert.That(said.Stdout, Does.Contain($"/etc/cascade/{name}.conf: 0 fault(s)"));
    }

    static async Task<JsonDocument> HealthAsync(IContainer agent, CancellationToken cancelled)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://{agent.Hostname}:{agent.GetMappedPublicPort(8980)}/healthcheck"), cancelled);
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancelled), cancellationToken: cancelled);
    }
}
