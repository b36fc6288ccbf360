using System.Diagnostics;

namespace Cascade.Support;

/// <summary>
/// A private RabbitMQ on loopback: own node name, ports, data and epmd, no management. Starts in some seconds, so share one per run and take a
/// virtual host per test (<see cref="VhostAsync"/>). Stops exactly what it started, also when the test process is killed.
/// </summary>
public sealed class Broker : IAsyncDisposable
{
    readonly BrokerFiles files;
    BrokerProcess? process;
    int vhosts;

    Broker(Generation generation, Broker? cluster = null)
    {
        Generation = generation;
        files = new(cluster?.files);
    }

    public Generation Generation { get; }

    public int Port => files.AmqpPort;

    public int TlsPort => files.TlsPort;

    /// <summary>The authority that signed the TLS listener's certificate (<c>localhost</c>, <c>127.0.0.1</c>), a PEM file.</summary>
    public string AuthorityFile => Path.Combine(files.Dir, "ca.pem");

    /// <summary>A directory of this broker for a test's own files; its peers in another root file system see it under the same name.</summary>
    public string Dir => files.Dir;

    /// <summary>The Erlang node's name.</summary>
    public string Node => files.Node;

    /// <summary>The Erlang machine's process, for those who measure it.</summary>
    public int ProcessId => Running.BrokerId;

    /// <summary>The last lines that the broker wrote.</summary>
    public string Log => Running.Log;

    BrokerProcess Running => process ?? throw new InvalidOperationException("the broker is stopped");

    /// <summary>Ignores the test where the broker cannot run; fails it instead when CI=true.</summary>
    public static void AvailableOrIgnore(Generation? generation = null) => Prerequisite.Need((generation ?? Generation.Zed).Missing);

    public static Task<Broker> StartAsync(Generation? generation = null)
    {
        AvailableOrIgnore(generation);
        return StartAsync(new Broker(generation ?? Generation.Zed));
    }

    /// <summary>Another node of this one's cluster.</summary>
    public Task<Broker> StartAnotherAsync() => StartAsync(new Broker(Generation, this));

    static async Task<Broker> StartAsync(Broker broker)
    {
        broker.files.PlaceGuard();
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>A transport_url; null for the vhost "/". The name is URL-encoded here.</summary>
    public string TransportUrl(string? vhost = null, bool tls = false, string? host = null) =>
        $"rabbit://guest:guest@{host ?? "127.0.0.1"}:{(tls ? TlsPort : Port)}/{Uri.EscapeDataString(vhost ?? "/")}";

    /// <summary>Makes a virtual host that nobody else has and returns its name.</summary>
    public async Task<string> VhostAsync()
    {
        var name = $"v{Interlocked.Increment(ref vhosts)}";
        await CtlAsync("eval", $$"""
            V = <<"{{name}}">>, U = <<"guest">>, rabbit_vhost:add(V, U), rabbit_auth_backend_internal:set_permissions(U, V, <<".*">>, <<".*">>, <<".*">>, U).
            """);
        return name;
    }

    /// <summary>Runs rabbitmqctl and returns what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error; the message has its text.</exception>
    public async Task<string> CtlAsync(params string[] arguments)
    {
        using var ctl = Process.Start(Generation.Command("/bin/bash",
            [files.Guard, files.Dir, $"{files.EpmdPort}", $"{files.DistributionPort}", "ctl", .. arguments]))!;
        ctl.StandardInput.Close();
        var errors = ctl.StandardError.ReadToEndAsync();
        var text = await ctl.StandardOutput.ReadToEndAsync();
        await ctl.WaitForExitAsync();
        return ctl.ExitCode == 0 ? text : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {await errors}{text}");
    }

    /// <summary>Stops the broker and starts it again with its data: durable things are back, the others are gone.</summary>
    /// <param name="kill">Kills it instead of stopping it in order.</param>
    public async Task RestartAsync(bool kill = false)
    {
        await StopAsync(kill);
        await StartAgainAsync();
    }

    /// <summary>Stops the broker and keeps its data, for a test of a broker that is away.</summary>
    public async Task StopAsync(bool kill = false)
    {
        await Running.EndAsync(kill);
        process = null;
    }

    /// <summary>Starts a stopped broker; returns when it accepts connections.</summary>
    public async Task StartAgainAsync() => process = await BrokerProcess.StartAsync(Generation.Command("/bin/bash",
        [files.Guard, files.Dir, $"{files.EpmdPort}", $"{files.DistributionPort}"]));

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync(kill: true);
        }

        files.Delete();
    }
}
