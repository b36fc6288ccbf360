using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Servers.Groups;

/// <summary>[cascade], what becomes of the parent's server groups in the child, and nova's own word for judging them late.</summary>
public sealed record GroupOptions
{
    public bool ServerGroups { get; init; } = true;

    /// <summary>Whether a group's rule is judged again when a server is on the host.</summary>
    public bool LateCheck { get; init; } = true;

    public static GroupOptions Read(OptionReader reader) => new()
    {
        ServerGroups = reader.Group("cascade").Bool(
            "server_groups",
            true,
            "Servers of one server group stand together or apart among the child's hosts, too, by a group in the tenant's project there. Without it the parent's "
            + "groups say which child a server comes to, and nothing more."),
        LateCheck = !reader.Group("workarounds").Bool(
            "disable_group_policy_check_upcall",
            false,
            "Do not judge a server group's policy again once a server is on this host, as in the parent's nova.conf: for conductors that may not reach the API database."),
    };
}
