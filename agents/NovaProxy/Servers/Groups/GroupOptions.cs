using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Servers.Groups;

/// <summary>[cascade], what becomes of the parent's server groups in the child.</summary>
public sealed record GroupOptions
{
    public bool ServerGroups { get; init; } = true;

    public static GroupOptions Read(OptionReader reader) => new()
    {
        ServerGroups = reader.Group("cascade").Bool(
            "server_groups",
            true,
            "Servers of one server group stand together or apart among the child's hosts, too, by a group in the tenant's project there. Without it the parent's "
            + "groups say which child a server comes to, and nothing more."),
    };
}
