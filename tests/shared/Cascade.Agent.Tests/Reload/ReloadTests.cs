using Cascade.Oslo.Config;

namespace Cascade.Agent.Tests.Reload;

sealed class ReloadTests
{
    sealed record Both(int Live, int Fixed);

    static Both Read(OptionReader reader)
    {
        var group = reader.Group("g");
        return new(group.Int("live", 1, "help", new() { Mutable = true, Min = 1 }), group.Int("fixed", 1, "help"));
    }

    [Test]
    public void What_is_mutable_is_taken_over_and_the_rest_waits()
    {
        using var file = new ConfigFile("[g]\nlive = 2\nfixed = 2\n");
        var configuration = new AgentConfiguration(() => OsloConfiguration.Read([ConfigPath.File(file.Path)], []));
        var current = configuration.Read(Read);
        var heard = new List<Both>();
        current.OnChange(heard.Add);

        file.Write("[g]\nlive = 3\nfixed = 3\n");
        var result = configuration.Reload();

        Assert.That(current.Value, Is.EqualTo(new Both(3, 2)));
        Assert.That(heard, Is.EqualTo(new[] { new Both(3, 2) }));
        Assert.That(result.Taken.Select(o => o.Name), Is.EqualTo(new[] { "live" }));
        Assert.That(result.Ignored.Select(o => o.Name), Is.EqualTo(new[] { "fixed" }));
    }

    [Test]
    public void A_line_that_is_gone_brings_the_default_back()
    {
        using var file = new ConfigFile("[g]\nlive = 2\n");
        var configuration = new AgentConfiguration(() => OsloConfiguration.Read([ConfigPath.File(file.Path)], []));
        var current = configuration.Read(Read);

        file.Write("[g]\n");
        configuration.Reload();

        Assert.That(current.Value.Live, Is.EqualTo(1));
    }

    [TestCase("[g]\nlive = many\n", TestName = "A bad value"), TestCase("[g]\nlive = 3\nbroken\n", TestName = "A bad line")]
    public void With_a_fault_everything_stays_as_it_is(string text)
    {
        using var file = new ConfigFile("[g]\nlive = 2\n");
        var configuration = new AgentConfiguration(() => OsloConfiguration.Read([ConfigPath.File(file.Path)], []));
        var current = configuration.Read(Read);

        file.Write(text);

        Assert.That(configuration.Reload().Faults, Is.Not.Empty);
        Assert.That(current.Value.Live, Is.EqualTo(2));
        Assert.That(configuration.Reload().Faults, Is.Not.Empty, "and it is said again the next time");
    }

    [Test]
    public void The_query_of_transport_url_comes_before_the_section()
    {
        using var file = new ConfigFile("[DEFAULT]\ntransport_url = rabbit://h/?ssl=1&rabbit_qos_prefetch_count=7\n[oslo_messaging_rabbit]\nssl = false\n");
        var configuration = new AgentConfiguration(() => OsloConfiguration.Read([ConfigPath.File(file.Path)], []));

        var bus = RabbitSection.Read(configuration.Reader, AgentOptions.Read(configuration.Reader, "nova"), "p");

        Assert.That((bus.Tls.Enabled, bus.RabbitQosPrefetchCount), Is.EqualTo((true, (ushort)7)));
    }
}
