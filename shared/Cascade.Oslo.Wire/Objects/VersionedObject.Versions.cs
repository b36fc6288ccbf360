using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Wire.Objects;

public sealed partial class VersionedObject
{
    /// <summary>
    /// A copy that claims, for itself and for every object inside it, no newer version than the receiver knows: a newer one is answered with
    /// IncompatibleObjectVersion, or sends nova's conductor into object_backport_versions. Fields are left as they are: what a receiver does not know it drops.
    /// </summary>
    /// <param name="newestKnown">The newest version the receiver has of a named object, null when that is not known: then nothing is changed.</param>
    public VersionedObject NoNewerThan(Func<string, string?> newestKnown)
    {
        var json = ToJson();
        Lower(json, newestKnown);
        return Read(json);
    }

    static void Lower(JsonNode? node, Func<string, string?> newestKnown)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Lower(item, newestKnown);
                }

                break;
            case JsonObject json:
                foreach (var (_, member) in json)
                {
                    Lower(member, newestKnown);
                }

                LowerOne(json, newestKnown);
                break;
        }
    }

    static void LowerOne(JsonObject json, Func<string, string?> newestKnown)
    {
        if (!TryRead(json, out var read)
            || !RpcVersion.TryParse(newestKnown(read.Name), out var known)
            || !RpcVersion.TryParse(read.Version, out var claimed))
        {
            return;
        }

        // Another major is another object: it cannot be told as the older one.
        if (claimed > known && claimed.Major == known.Major)
        {
            json[read.Dialect.VersionKey] = known.ToString();
        }
    }
}
