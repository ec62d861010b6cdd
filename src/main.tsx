import { render } from 'preact'
render(<p>Jobcard</p>, document.getElementById('app') as HTMLElement)
