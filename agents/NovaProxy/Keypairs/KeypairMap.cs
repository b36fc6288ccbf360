using System.Security.Cryptography;
using System.Text;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Keypairs;

/// <summary>
/// The key data of an instance as a keypair of our own user in the child: named by its content, so that tenants' keypairs of the same name never meet
/// and the same key is stored once.
/// </summary>
internal static class KeypairMap
{
    public const string Prefix = "cascade-";

    /// <summary>Null when the instance has no key.</summary>
    public static WantedKeypair? Of(VersionedObject instance)
    {
        if (instance.Text("key_data") is not { Length: > 0 } data)
        {
            return null;
        }

        var name = instance.Text("key_name");
        var known = instance.Object("keypairs")?.Objects().FirstOrDefault(pair => pair.Text("name") == name);
        var type = known?.Text("type") ?? "ssh";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{type}\n{data}")));
        return new($"{Prefix}{hash[..40]}", data, type);
    }
}

internal sealed record WantedKeypair(string Name, string PublicKey, string Type);
