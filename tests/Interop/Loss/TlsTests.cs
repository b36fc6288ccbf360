using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;

namespace Cascade.Interop.Loss;

/// <summary>TLS to a broker whose authority is known, to one whose is not, and several hosts of which the first is dead (wire document §4).</summary>
[TestFixtureSource(typeof(Generations))]
public class TlsTests(Generation generation) : Row(generation)
{
    [Test]
    public async Task Ours_and_a_native_peer_meet_over_TLS_with_the_right_authority()
    {
        var road = Tls(World.Broker.AuthorityFile) with
        {
            Url = World.Broker.TransportUrl(tls: true),
            Native = new JsonObject { ["oslo_messaging_rabbit"] = new JsonObject { ["ssl"] = "true", ["ssl_ca_file"] = World.Broker.AuthorityFile } },
        };
        var there = road with { Host = World.Name("host") };
        var id = await there.StartNativeAsync();
        await using var ours = new Ours(road);
        await ours.ServeAsync(new OurEndpoint());

        var fromNative = await road.NativeCallAsync("echo", new() { ["data"] = 1 });
        var fromOurs = await ours.Caller.CallAsync(there.Target(), "echo", new() { ["data"] = 2 }, RpcContext.Admin("req"));

        Assert.That(fromNative.GetProperty("value").GetInt32(), Is.EqualTo(1));
        Assert.That(fromOurs.GetInt32(), Is.EqualTo(2));
        await there.StopNativeAsync(id);
    }

    [Test]
    public async Task A_broker_of_a_foreign_authority_is_refused_and_said()
    {
        var foreign = Path.Combine(World.Broker.Dir, "foreign.pem");
        await File.WriteAllTextAsync(foreign, TestAuthority.Make("Somebody else").Pem);
        await using var ours = new Ours(Tls(foreign));

        Assert.ThrowsAsync<RpcTimeoutException>(() => ours.Caller.CallAsync(ours.Road.Target(), "echo", [], RpcContext.Admin("req"), TimeSpan.FromSeconds(3)));

        Assert.That(await ours.Log.SaysAsync(1003), Does.Contain("certificate").IgnoreCase);
        Assert.That(ours.Log.Lines.Select(line => line.Id), Does.Not.Contain(1001), "it never got as far as a connection");
    }

    [Test]
    public async Task A_host_name_that_the_certificate_lacks_is_refused()
    {
        // 127.0.0.2 is the same broker, but not whom the certificate names: the listener is on 127.0.0.1, so a tunnel stands there.
        await using var tunnel = Tunnel.Open(World.Broker.TlsPort, "127.0.0.2");
        var road = Tls(World.Broker.AuthorityFile);
        var hosted = road with { Ours = options => road.Ours(options) with { Hosts = [new("127.0.0.2", tunnel.Port)] } };
        await using var refused = new Ours(hosted);
        await using var trusting = new Ours(hosted with { Ours = options => hosted.Ours(options) with { Tls = hosted.Ours(options).Tls with { VerifyHostName = false } } });
        await trusting.ServeAsync(new OurEndpoint());

        var result = await trusting.Caller.CallAsync(hosted.Target(), "echo", new() { ["data"] = 1 }, RpcContext.Admin("req"));

        Assert.That(result.GetInt32(), Is.EqualTo(1), "through the tunnel all is well when the name does not matter");
        Assert.ThrowsAsync<RpcTimeoutException>(() => refused.Caller.CallAsync(hosted.Target(), "echo", [], RpcContext.Admin("req"), TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task The_first_host_being_dead_costs_nothing_but_a_line_in_the_log()
    {
        var road = Road.New(World);
        var dead = FreePort();
        var live = new RabbitHost("127.0.0.1", World.Broker.Port);
        // The order is by chance, once per connection: with seven dead ones the live one is not first.
        var many = road with { Ours = options => options with { Hosts = [.. Enumerable.Repeat(new RabbitHost("127.0.0.1", dead), 7), live] } };
        await using var ours = new Ours(many);
        await ours.ServeAsync(new OurEndpoint());

        var answer = await road.NativeCallAsync("echo", new() { ["data"] = 1 });
        var result = await ours.Caller.CallAsync(road.Target(), "echo", new() { ["data"] = 2 }, RpcContext.Admin("req"));

        Assert.That(answer.GetProperty("value").GetInt32(), Is.EqualTo(1));
        Assert.That(result.GetInt32(), Is.EqualTo(2));
        Assert.That(ours.Log.Lines.Where(line => line.Id == 1003).Select(line => line.Text), Has.Some.Contains($"127.0.0.1:{dead}").And.None.Contains("guest"));
    }

    Road Tls(string authority) => Road.New(World) with
    {
        Ours = options => options with
        {
            Hosts = [new("127.0.0.1", World.Broker.TlsPort)],
            Tls = new() { Enabled = true, CaFile = authority },
        },
    };

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
