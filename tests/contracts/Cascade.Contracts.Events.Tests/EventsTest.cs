using System.Text.Json;

namespace Cascade.Contracts.Events.Tests;

/// <summary>Agents of two versions may run side by side: an event is read whatever is added to it or not yet in it.</summary>
public sealed class EventsTest
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Test]
    public void An_event_comes_back_as_it_went() =>
        Assert.That(
            JsonSerializer.Deserialize<PortReady>(JsonSerializer.Serialize(new PortReady("cloud-a", "p", "c", "DOWN"), Web), Web),
            Is.EqualTo(new PortReady("cloud-a", "p", "c", "DOWN")));

    [Test]
    public void What_a_newer_agent_adds_is_ignored() =>
        Assert.That(
            JsonSerializer.Deserialize<PortActive>("""{"host":"cloud-a","portId":"p","childPortId":"c","status":"ACTIVE","since":1}""", Web),
            Is.EqualTo(new PortActive("cloud-a", "p", "c", "ACTIVE")));
}
