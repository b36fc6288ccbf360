using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Plugin;

/// <param name="MacAddress">Upper case with dashes.</param>
public sealed record DvrMac(string? Host, string? MacAddress)
{
    internal static DvrMac? Read(JsonObject? of) => of is null ? null : new(of.Text("host"), of.Text("mac_address"));
}
