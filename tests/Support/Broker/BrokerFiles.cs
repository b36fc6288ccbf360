using System.Net;
using System.Net.Sockets;

namespace Cascade.Support;

/// <summary>The directory of one private broker: its configuration, its certificates, its data.</summary>
sealed class BrokerFiles
{
    readonly List<TcpListener> held = [];

    /// <param name="cluster">A node whose cluster this one joins at its first start.</param>
    public BrokerFiles(BrokerFiles? cluster = null)
    {
        // Below /tmp by name: a broker in another root file system sees only that. Its last part is the node's name.
        Dir = Path.Combine("/tmp", $"cascade{Environment.ProcessId}x{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()[..4])}");
        Directory.CreateDirectory(Dir);
        (AmqpPort, TlsPort, EpmdPort, DistributionPort) = (FreePort(), FreePort(), FreePort(), FreePort());
        held.ForEach(listener => listener.Dispose());
        EpmdPort = cluster?.EpmdPort ?? EpmdPort;
        Certificates = TestAuthority.Make("Cascade test authority");
        Certificates.WriteServer(Dir, "broker");
        File.WriteAllText(Path.Combine(Dir, "plugins"), "[].\n");
        File.WriteAllText(Path.Combine(Dir, "definitions.json"), """
            {"users": [{"name": "guest", "password": "guest", "tags": "administrator"}], "vhosts": [{"name": "/"}],
             "permissions": [{"user": "guest", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}]}
            """);
        File.WriteAllText(Path.Combine(Dir, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{AmqpPort}
            listeners.ssl.1 = 127.0.0.1:{TlsPort}
            ssl_options.cacertfile = {Path.Combine(Dir, "ca.pem")}
            ssl_options.certfile = {Path.Combine(Dir, "broker.pem")}
            ssl_options.keyfile = {Path.Combine(Dir, "broker.key")}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = false
            load_definitions = {Path.Combine(Dir, "definitions.json")}
            disk_free_limit.absolute = 1MB
            log.console = true
            log.console.level = info
            log.file = false
            """);
        if (cluster is not null)
        {
            File.Copy(Path.Combine(cluster.Dir, ".erlang.cookie"), Path.Combine(Dir, ".erlang.cookie"));
            File.AppendAllText(Path.Combine(Dir, "rabbitmq.conf"), $"""

                cluster_formation.peer_discovery_backend = classic_config
                cluster_formation.classic_config.nodes.1 = {cluster.Node}
                cluster_formation.classic_config.nodes.2 = {Node}
                """);
        }
    }

    /// <summary>As the guard names it.</summary>
    public string Node => $"{Path.GetFileName(Dir)}@localhost";

    public string Dir { get; }

    public int AmqpPort { get; }

    public int TlsPort { get; }

    public int EpmdPort { get; }

    public int DistributionPort { get; }

    public TestAuthority Certificates { get; }

    public string Guard => Path.Combine(Dir, "guard.sh");

    public void PlaceGuard() => File.Copy(Path.Combine(AppContext.BaseDirectory, "Broker", "guard.sh"), Guard, overwrite: true);

    public void Delete() => Directory.Delete(Dir, recursive: true);

    // Held open until all are chosen, so that the four differ.
    int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        held.Add(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
