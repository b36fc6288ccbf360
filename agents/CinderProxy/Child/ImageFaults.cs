using Cascade.Contracts.Cinder.Faults;
using Cascade.Images;

namespace Cascade.CinderProxy.Child;

/// <summary>What goes wrong with an image, in cinder's exceptions.</summary>
internal sealed class ImageFaults : IImageFaults
{
    public Exception Failed(string why) => CinderFaults.Failed(why);

    public Exception NotFound(string imageId) => CinderFaults.ImageNotFound(imageId);
}
