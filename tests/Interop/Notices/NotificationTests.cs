using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Notices;

/// <summary>Our notifications to a Python listener, and beside those of a Python notifier (wire document §3).</summary>
[TestFixtureSource(typeof(Generations))]
public class NotificationTests(Generation generation) : Row(generation)
{
    [TestCase(NotificationDriver.MessagingV2, "info")]
    [TestCase(NotificationDriver.MessagingV2, "error")]
    [TestCase(NotificationDriver.Messaging, "info")]
    public async Task A_native_listener_hears_our_notification(NotificationDriver driver, string priority)
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var notifier = ours.Transport.CreateNotifier(new("compute.host1") { Driver = driver, Topics = [road.Topic] });
        var payload = new JsonObject { ["nova_object.name"] = "InstancePayload", ["nova_object.data"] = new JsonObject { ["uuid"] = "u", ["n"] = "h\u00e9" } };

        // Sent before anybody listens: the notifier declares the queue, so it waits there.
        await notifier.NotifyAsync(priority, "compute.instance.create.end", payload, new RpcContext(new() { ["request_id"] = "req-5", ["auth_token"] = "secret" }));
        await ListenAsync(road, "n" + road.Topic);
        var heard = await World.Notices.ExpectAsync("heard", "n" + road.Topic);

        Assert.That(heard.GetProperty("priority").GetString(), Is.EqualTo(priority));
        Assert.That(heard.GetProperty("publisher_id").GetString(), Is.EqualTo("compute.host1"));
        Assert.That(heard.GetProperty("event_type").GetString(), Is.EqualTo("compute.instance.create.end"));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(heard.GetProperty("payload").GetRawText()), payload));
        Assert.That(heard.GetProperty("context").GetProperty("request_id").GetString(), Is.EqualTo("req-5"));
        Assert.That(heard.ToString(), Does.Not.Contain("secret"), "a token is nobody's notification");
        var metadata = heard.GetProperty("metadata");
        Assert.That(Guid.TryParseExact(metadata.GetProperty("message_id").GetString(), "D", out _));
        Assert.That(DateTime.TryParseExact(metadata.GetProperty("timestamp").GetString(), "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
    }

    [TestCase("messagingv2", NotificationDriver.MessagingV2)]
    [TestCase("messaging", NotificationDriver.Messaging)]
    public async Task Our_notification_has_the_form_of_a_native_one(string native, NotificationDriver driver)
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        var notifier = ours.Transport.CreateNotifier(new("compute.host1") { Driver = driver, Topics = [road.Topic] });
        await World.Notices.AskAsync(
            new JsonObject
            {
                ["do"] = "notify", ["id"] = "m" + road.Topic, ["url"] = World.Broker.TransportUrl(), ["exchange"] = road.Exchange, ["topic"] = road.Topic,
                ["driver"] = native, ["publisher_id"] = "compute.host1", ["event_type"] = "x.y", ["payload"] = new JsonObject { ["a"] = 1 },
            },
            "sent");
        // Into the queue that the native notifier declared: with other arguments ours would be refused.
        await notifier.NotifyAsync("info", "x.y", new JsonObject { ["a"] = 1 });

        await using var raw = await RawBus.ConnectAsync(road);
        var taken = await raw.TakeAsync(road.Topic + ".info", declare: false);
        var (theirs, mine) = (Inner(await RawBus.NextAsync(taken), native), Inner(await RawBus.NextAsync(taken), native));

        Assert.That(mine.Keys, Is.EquivalentTo(theirs.Keys));
        foreach (var same in new[] { "publisher_id", "event_type", "priority", "payload" })
        {
            Assert.That(JsonElement.DeepEquals(mine[same], theirs[same]), same);
        }

        foreach (var form in new[] { "timestamp", "message_id", "_unique_id" })
        {
            Assert.That(mine[form].GetString(), Has.Length.EqualTo(theirs[form].GetString()!.Length), form);
        }
    }

    Task<JsonElement> ListenAsync(Road road, string id) => World.Notices.AskAsync(
        new JsonObject { ["do"] = "listen", ["id"] = id, ["url"] = World.Broker.TransportUrl(), ["exchange"] = road.Exchange, ["topic"] = road.Topic }, "started");

    static Dictionary<string, JsonElement> Inner(RawMessage message, string driver)
    {
        var inner = driver == "messaging" ? JsonElement.Parse(message.Body) : message.Inner;
        return inner.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
    }
}
