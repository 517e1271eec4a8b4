import { serveJobs } from "../../workers/serve_jobs.ts";
import { shrinkPicture, type SmallPicture } from "./shrink_picture.ts";

// Worker of `smallPictures`: reduces the images of a job.
serveJobs<null, SmallPicture[], (string | null)[]>(() =>
  Promise.resolve((wanted) => Promise.resolve(wanted.map(shrinkPicture)))
);
