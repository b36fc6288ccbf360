using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Rules. One that is there already is <see cref="NetworkError.SecurityGroupRuleExists"/>, whose message names it
/// (<see cref="NetworkError.ExistingRule"/>); two alike in one bulk create are <see cref="NetworkError.DuplicateSecurityGroupRuleInPost"/>.
/// </summary>
public sealed class SecurityGroupRules : CreatableCollection<SecurityGroupRule, SecurityGroupRuleCreate, SecurityGroupRuleFilter>
{
    internal SecurityGroupRules(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/security-group-rules", "security_group_rule", "security_group_rules", NetworkJson.Default.SecurityGroupRule), NetworkJson.Default.SecurityGroupRuleCreate)
    {
    }
}
