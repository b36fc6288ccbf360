using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Security groups. A delete is <see cref="NetworkError.SecurityGroupInUse"/> while a port has it, and
/// <see cref="NetworkError.SecurityGroupCannotRemoveDefault"/> for a project's default. Listing makes the default group of the asker's project
/// if there is none (db/securitygroups_db.py: get_security_groups, _ensure_default_security_group).
/// </summary>
public sealed class SecurityGroups : ChangeableCollection<SecurityGroup, SecurityGroupCreate, SecurityGroupUpdate, SecurityGroupFilter>
{
    internal SecurityGroups(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/security-groups", "security_group", "security_groups", NetworkJson.Default.SecurityGroup), NetworkJson.Default.SecurityGroupCreate, NetworkJson.Default.SecurityGroupUpdate)
    {
    }
}
