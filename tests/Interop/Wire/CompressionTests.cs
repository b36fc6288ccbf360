using System.Text;
using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Wire;

/// <summary><c>kombu_compression</c> on one side only, on both, and of two kinds (wire document §1.3).</summary>
[TestFixtureSource(typeof(Generations))]
public class CompressionTests(Generation generation) : Row(generation)
{
    // More than one block of bzip2 when it is escaped.
    readonly string text = string.Concat(Enumerable.Range(0, 60_000).Select(at => $"{at} h\u00e9;"));

    [TestCase("gzip", BodyCompressionKind.None)]
    [TestCase(null, BodyCompressionKind.Gzip)]
    [TestCase(null, BodyCompressionKind.Bz2)]
    [TestCase("gzip", BodyCompressionKind.Bz2)]
    public async Task Bodies_are_read_whoever_packs_them(string? native, BodyCompressionKind ours)
    {
        var road = Road.New(World) with
        {
            Native = native is null ? [] : new JsonObject { ["oslo_messaging_rabbit"] = new JsonObject { ["kombu_compression"] = native } },
            Ours = options => options with { KombuCompression = ours },
        };
        await using var us = new Ours(road);
        await us.ServeAsync(new OurEndpoint());
        var there = road with { Host = World.Name("host") };
        var id = await there.StartNativeAsync();

        var fromNative = await road.NativeCallAsync("echo", new() { ["data"] = text });
        var fromOurs = await us.Caller.CallAsync(there.Target(), "echo", new() { ["data"] = text }, RpcContext.Admin("req"));

        Assert.That(fromNative.GetProperty("value").GetString(), Is.EqualTo(text));
        Assert.That(fromOurs.GetString(), Is.EqualTo(text));
        await there.StopNativeAsync(id);
    }

    [TestCase("gzip")]
    [TestCase("bzip2")]
    public async Task A_body_that_kombu_packed_is_read(string compression)
    {
        var road = Road.New(World);
        await using var us = new Ours(road);
        await us.ServeAsync(new OurEndpoint());
        await using var raw = await RawBus.ConnectAsync(road);
        var reply = World.Name("reply_packed");
        var taken = await raw.TakeAsync(reply);
        var request = Broken.OddRequest.Ordinary(reply, "m1");
        request["args"] = new JsonObject { ["data"] = text };

        await World.Client.AskAsync(
            new JsonObject
            {
                ["do"] = "pack", ["id"] = reply, ["url"] = World.Broker.TransportUrl(), ["exchange"] = road.Exchange, ["key"] = road.Queue,
                ["compression"] = compression, ["body"] = Encoding.UTF8.GetString(RawBus.Envelope(request)),
            },
            "sent");

        Assert.That((await RawBus.NextAsync(taken)).Inner.GetProperty("result").GetString(), Is.EqualTo(text));
    }

    [Test]
    public async Task A_body_that_is_not_what_its_header_says_is_malformed_and_the_server_goes_on()
    {
        var road = Road.New(World);
        await using var ours = new Ours(road);
        await ours.ServeAsync(new OurEndpoint());
        await using var raw = await RawBus.ConnectAsync(road);

        foreach (var header in new[] { "application/x-gzip", "application/x-bz2", "application/x-nobody-knows" })
        {
            await raw.PublishAsync(
                road.Exchange, road.Queue, RawBus.Envelope(new JsonObject()), properties => properties.Headers = new Dictionary<string, object?> { ["compression"] = header });
        }

        var answer = await road.NativeCallAsync("echo", new() { ["data"] = 1 });

        Assert.That(answer.GetProperty("value").GetInt32(), Is.EqualTo(1));
        Assert.That(ours.Log.Lines.Count(line => line.Id == 1202), Is.EqualTo(3), "each is said once");
    }
}
