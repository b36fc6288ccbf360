using System.Security.Authentication;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>Opens one connection to one host, with nothing automatic about it: recovery is ours, by oslo's rules.</summary>
static class RabbitConnector
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public static async Task<IConnection> ConnectAsync(RabbitOptions options, RabbitHost host, CancellationToken cancelled)
    {
        var factory = new ConnectionFactory
        {
            HostName = host.Host,
            Port = host.Port,
            UserName = host.User,
            Password = host.Password,
            VirtualHost = options.VirtualHost,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = options.HeartbeatTimeoutThreshold,
            RequestedConnectionTimeout = ConnectTimeout,
            // A peer may send more than the client's own 64 MiB; the broker's limit is the limit.
            MaxInboundMessageBodySize = 512 * 1024 * 1024,
            Ssl = Ssl(options.Tls, host),
        };
        if (options.RabbitLoginMethod == LoginMethod.External)
        {
            factory.AuthMechanisms = [new ExternalMechanismFactory()];
        }

        // The shape that operators look for (impl_rabbit.py: connection_name): process:pid:uuid.
        var name = $"{options.ProcessName}:{Environment.ProcessId}:{Guid.NewGuid():D}";
        return await factory.CreateConnectionAsync(name, cancelled).ConfigureAwait(false);
    }

    static SslOption Ssl(RabbitTls tls, RabbitHost host)
    {
        if (!tls.Enabled)
        {
            return new SslOption { Enabled = false };
        }

        var option = new SslOption(host.Host, enabled: true)
        {
            // None lets the system choose the newest that both speak.
            Version = SslProtocols.None,
            CertificateValidationCallback = (_, certificate, chain, errors) => tls.Accepts(certificate, chain, errors),
        };
        if (tls.Own() is { } own)
        {
            option.Certs = [own];
        }

        return option;
    }
}
