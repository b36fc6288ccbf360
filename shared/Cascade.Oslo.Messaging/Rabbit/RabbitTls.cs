using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>
/// TLS of one transport: <c>ssl</c>, <c>ssl_ca_file</c>, <c>ssl_cert_file</c>, <c>ssl_key_file</c>. Unlike older Python peers the chain and the host
/// name are verified by default; the port stays what <c>transport_url</c> says.
/// </summary>
public sealed record RabbitTls
{
    public static RabbitTls Off { get; } = new();

    /// <summary><c>ssl</c>.</summary>
    public bool Enabled { get; init; }

    /// <summary><c>ssl_ca_file</c>: PEM, one or more certificates; null for those the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary><c>ssl_cert_file</c>: PEM, our own certificate.</summary>
    public string? CertFile { get; init; }

    /// <summary><c>ssl_key_file</c>: PEM; null when the key stands in <see cref="CertFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>False accepts any certificate. For trials only.</summary>
    public bool Verify { get; init; } = true;

    /// <summary><c>ssl_enforce_hostname_verification</c> (oslo.messaging 18.1); needs <see cref="Verify"/>.</summary>
    public bool VerifyHostName { get; init; } = true;

    /// <summary>Our own certificate; null for none.</summary>
    public X509Certificate2? Own() => CertFile is null ? null : X509Certificate2.CreateFromPemFile(CertFile, KeyFile);

    /// <summary>Whether the broker's certificate is good, as these options have it.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!Verify)
        {
            return true;
        }

        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            || (VerifyHostName && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)))
        {
            return false;
        }

        if (CaFile is null)
        {
            return !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        }

        using var ours = new X509Chain();
        ours.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        ours.ChainPolicy.CustomTrustStore.ImportFromPemFile(CaFile);
        ours.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var between in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            ours.ChainPolicy.ExtraStore.Add(between.Certificate);
        }

        using var theirs = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return ours.Build(theirs);
    }
}
