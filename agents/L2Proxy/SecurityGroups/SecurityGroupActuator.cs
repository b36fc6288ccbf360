using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.SecurityGroups;

/// <summary>The verbs of a group without its rules. It is made in our own project, where no tenant can write its description or its rules.</summary>
internal sealed class SecurityGroupActuator(ChildCloud child, string projectId) : StampedActuator<WantedGroup, SecurityGroup>("security group", projectId)
{
    OpenStack.Network.SecurityGroups Groups => child.Cloud.Network.SecurityGroups;

    protected override Task<SecurityGroup?> ReadAsync(string childId, CancellationToken cancelled) => Groups.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<SecurityGroup> ListAsync(string parentId, CancellationToken cancelled) =>
        Groups.ListAsync(Scope.Own, new() { Description = Stamp.Of(parentId), ProjectId = ProjectId }, cancelled);

    protected override async Task<SecurityGroup> MakeAsync(string parentId, WantedGroup wanted, CancellationToken cancelled)
    {
        var body = new SecurityGroupCreate { Name = wanted.Name, Description = wanted.Description, ProjectId = ProjectId, Stateful = wanted.Stateful };
        return await Groups.CreateAsync(Scope.Own, body, cancelled);
    }

    public override async Task UpdateAsync(SecurityGroup seen, WantedGroup wanted, CancellationToken cancelled)
    {
        var stateful = wanted.Stateful is { } kind && (seen.Stateful ?? true) != kind ? wanted.Stateful : null;
        var name = seen.Name == wanted.Name ? null : wanted.Name;
        if (name is null && stateful is null)
        {
            return;
        }

        try
        {
            await Groups.UpdateAsync(Scope.Own, seen.Id, new() { Name = name, Stateful = stateful }, cancelled);
        }
        catch (CloudFault fault) when (fault.Code is NetworkError.SecurityGroupInUse)
        {
            // The parent let go of all its ports before it changed the kind; ours follow.
            throw new LaterException(TimeSpan.FromSeconds(5), $"security group {seen.Id} of the child changes between stateful and stateless when no port uses it");
        }
    }

    /// <exception cref="CloudFault"><see cref="NetworkError.SecurityGroupInUse"/>: a port has it.</exception>
    public override Task DeleteAsync(SecurityGroup seen, CancellationToken cancelled) => Gone.IsFineAsync(() => Groups.DeleteAsync(Scope.Own, seen.Id, cancelled));
}
