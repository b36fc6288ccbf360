using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Cascade.OpenStack.Http;

/// <summary>The pool of connections to one cloud.</summary>
internal static class ConnectionHandler
{
    public static SocketsHttpHandler Build(CloudOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirected POST would come out as a GET; OpenStack APIs do not redirect.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxConnectionsPerServer,
            // Short of the 65 s after which uwsgi and haproxy commonly drop an idle connection, so that we rarely meet a dead one.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            // Names are looked up again now and then: a virtual IP may move.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (options.CaFile is { } file)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustOnly(file) };
        }

        return handler;
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new InvalidOperationException($"no certificate in {file}");
    }
}
