using Cascade.OpenStack;

namespace Cascade.Agent.Child;

/// <summary>
/// The child and our account in it. The account needs the admin role in its own project and an inherited role in the tenants' projects, so that what a
/// tenant asks for is the tenant's in the child too (D10).
/// </summary>
public sealed class ChildCloud(Cloud cloud)
{
    public Cloud Cloud => cloud;

    /// <summary>As in logs and metrics: the name of its section.</summary>
    public string Name => cloud.Name;

    /// <summary>Which child it is, for labels and <c>status</c>: its region, or the name of its section without one.</summary>
    public string Region => cloud.Region ?? cloud.Name;

    /// <summary>The child's clock now; null before it was ever heard.</summary>
    public DateTimeOffset? Now => cloud.Clock.Now;

    /// <summary>Our own user there. What it made is ours; nobody else can make an object carry it.</summary>
    public Task<string> UserIdAsync(CancellationToken cancelled) => cloud.Identity.UserIdAsync(cancelled);

    /// <summary>Our own project there, where no tenant can make anything; empty for an account without one, so that nothing passes for ours.</summary>
    public async Task<string> ProjectIdAsync(CancellationToken cancelled) => await cloud.Identity.ProjectIdAsync(Scope.Own, cancelled) ?? "";
}
