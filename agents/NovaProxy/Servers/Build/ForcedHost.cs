using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>
/// The one host of the child that an administrator of the parent sends a new server to, by a scheduler hint: <c>--hint cascade:host=node-7</c>, or
/// <c>cascade:hypervisor_hostname</c>, which are <c>host</c> and <c>hypervisor_hostname</c> of the child's create (2.74).
/// </summary>
/// <remarks>
/// <para>A hint, because it is the one thing in a stock create that reaches the compute and means nothing to the parent's scheduler: the parent's own
/// <c>host</c> and <c>zone:host</c> can only name hosts of the parent, and this child is one of them.</para>
/// <para>2.74 and not the older <c>zone:host</c>, because the child's filters still judge the host (nova/policies/servers.py: requested_destination against
/// create:forced_host), so its placement cannot be overfilled by a slip.</para>
/// <para>For administrators, as both are natively: the parent has no policy for a hint, so the request's own context says who asks, and a tenant is refused
/// before anything is made; to build it somewhere else without a word would be a lie. For the create alone, as natively: the conductor forgets a forced host
/// at the next move (nova/objects/request_spec.py: reset_forced_destinations), so an unshelve leaves the choice to the child.</para>
/// <para>The child must let our user do it in the tenant's project, since a create is always in the token's project and the server is the tenant's.</para>
/// </remarks>
/// <param name="Host">The name of the child's nova-compute.</param>
/// <param name="Node">The child's hypervisor_hostname.</param>
internal sealed record ForcedHost(string? Host, string? Node)
{
    /// <summary>Every hint that begins so is ours and goes to no other scheduler.</summary>
    public const string OurHints = "cascade:";

    const string HostHint = OurHints + "host";
    const string NodeHint = OurHints + "hypervisor_hostname";

    /// <summary>Null when nobody asked for one.</summary>
    public static ForcedHost? Of(BuildAndRunInstance build) =>
        (Hint(build, HostHint), Hint(build, NodeHint)) is (var host, var node) && (host ?? node) is not null ? new(host, node) : null;

    /// <returns>Why not, in words for the tenant; null when it may be, or when nobody asked for one.</returns>
    public static string? Refusal(BuildAndRunInstance build, RpcContext context) =>
        Of(build) is not null && !context.IsAdmin ? $"the scheduler hints {HostHint} and {NodeHint} are for administrators" : null;

    public override string ToString() => string.Join(" on ", new[] { Node, Host }.OfType<string>());

    static string? Hint(BuildAndRunInstance build, string word) => HintMap.First(build.RequestSpec?["nova_object.data"]?["scheduler_hints"], word);
}
