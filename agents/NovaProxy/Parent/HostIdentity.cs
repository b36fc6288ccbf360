using System.Security.Cryptography;
using System.Text;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// Who we are in the parent: one name for service host, hypervisor and resource provider, because nova-api finds the provider by the
/// host's name (nova/scheduler/client/report.py: aggregate_add_host).
/// </summary>
internal sealed class HostIdentity(string host)
{
    // A fixed namespace of ours for uuid5: the same host is the same node on whatever machine the agent runs (D2).
    static readonly Guid Namespace = new("6ba7f0c4-2d0f-5e0a-9f5b-0a8a35ca5cad");

    long computeNodeId = -1;

    public string Host { get; } = host;

    /// <summary><c>hypervisor_hostname</c>, and the name of the resource provider.</summary>
    public string NodeName => Host;

    /// <summary>The uuid of the ComputeNode and of the resource provider: derived from the host, or that of the row that was there before us.</summary>
    public Guid NodeUuid { get; private set; } = NameBased(host);

    /// <summary>The database id of the ComputeNode; null until it is known.</summary>
    public long? ComputeNodeId => Interlocked.Read(ref computeNodeId) is >= 0 and var id ? id : null;

    public void Adopt(long id, Guid uuid)
    {
        NodeUuid = uuid;
        Interlocked.Exchange(ref computeNodeId, id);
    }

    /// <summary>RFC 9562 version 5.</summary>
    static Guid NameBased(string name)
    {
        // Version 5 is defined over SHA-1; nothing is kept secret by it.
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }
}
