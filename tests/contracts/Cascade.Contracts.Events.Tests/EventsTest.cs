using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.Contracts.Events.Tests;

/// <summary>Agents of two versions may run side by side: an event is read whatever is added to it or not yet in it.</summary>
public sealed partial class EventsTest
{
    [Test]
    public void An_event_comes_back_as_it_went() =>
        Assert.That(
            JsonSerializer.Deserialize(JsonSerializer.Serialize(new("cloud-a", "p", "c", "DOWN"), Web.Default.PortReady), Web.Default.PortReady),
            Is.EqualTo(new PortReady("cloud-a", "p", "c", "DOWN")));

    [Test]
    public void What_a_newer_agent_adds_is_ignored() =>
        Assert.That(
            JsonSerializer.Deserialize("""{"host":"cloud-a","portId":"p","childPortId":"c","status":"ACTIVE","since":1}""", Web.Default.PortActive),
            Is.EqualTo(new PortActive("cloud-a", "p", "c", "ACTIVE")));

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(PortReady))]
    [JsonSerializable(typeof(PortActive))]
    sealed partial class Web : JsonSerializerContext;
}
