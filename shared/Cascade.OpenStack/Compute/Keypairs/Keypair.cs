using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>A public key of a user (nova/api/openstack/compute/keypairs.py).</summary>
public sealed record Keypair
{
    [AllowNull]
    public string Name { get => field ?? ""; init; }

    public string? PublicKey { get; init; }

    public string? Fingerprint { get; init; }

    /// <summary><c>ssh</c> or <c>x509</c>.</summary>
    public string? Type { get; init; }

    public string? UserId { get; init; }
}

internal sealed record KeypairBody([property: JsonRequired] Keypair Keypair);

internal sealed record KeypairPage(List<KeypairBody>? Keypairs, List<PageLink>? KeypairsLinks);

internal sealed record KeypairCreate(string Name, string PublicKey, string? Type);

internal sealed record KeypairCreateBody(KeypairCreate Keypair);
