using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Image;

/// <summary>Who else may use a <c>shared</c> image.</summary>
public sealed partial class Images
{
    /// <summary>
    /// Lets a project use a shared image; fine when it may already. A member sees it by id at once; accepting only changes lists
    /// (glance/db/sqlalchemy/api.py: is_image_visible).
    /// </summary>
    /// <exception cref="CloudFault">Forbidden unless ours or as an administrator; OverQuota beyond <c>image_member_quota</c>.</exception>
    public async Task AddMemberAsync(Scope scope, string id, string projectId, CancellationToken cancelled)
    {
        try
        {
            var request = ApiRequest.Post(PathOf(id) + "/members", new ImageMember(projectId), ImageJson.Default.ImageMember) with { Idempotent = true };
            await client.DoAsync(scope, request, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            // glance/api/v2/image_members.py: create answers 409 for a member that is one.
        }
    }
}

internal sealed record ImageMember(string Member);
